package dev.logshipper.sink.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.testkit.EdgeDelta;
import dev.logshipper.testkit.ReadmeTables;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The README's tables are written by hand and held to the code here.
class ReadmeTest {

  @Test
  void tableOfVariablesEqualsTheCode() throws IOException {
    assertThat(ReadmeTables.rows("## Variables"))
        .isEqualTo(ReadmeTables.rowsOf(KinesisSettings.all()));
  }

  @Test
  void tableOfTheSeedIsComplete() throws IOException {
    assertThat(ReadmeTables.firstNames("## Coming from the Edge Delta extension"))
        .isEqualTo(EdgeDelta.VARIABLES);
  }
}
