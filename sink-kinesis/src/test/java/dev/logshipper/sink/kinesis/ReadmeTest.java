package dev.logshipper.sink.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.testkit.ReadmeTables;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Holds the hand-written tables of the README to the code.
class ReadmeTest {

  @Test
  void tableOfVariablesEqualsTheCode() throws IOException {
    assertThat(ReadmeTables.rows("## Variables"))
        .isEqualTo(ReadmeTables.rowsOf(KinesisSettings.all()));
  }

  @Test
  void tableOfReplacedVariablesIsComplete() throws IOException {
    assertThat(ReadmeTables.firstNames("## Coming from the Edge Delta extension"))
        .containsExactly(
            "PUSHER_MODE",
            "ED_ENDPOINT",
            "KINESIS_ENDPOINT",
            "ED_FORWARD_LAMBDA_TAGS",
            "ED_LAMBDA_LOG_TYPES",
            "ED_PUSH_TIMEOUT_SEC",
            "ED_RETRY_INTERVAL_MS",
            "ED_BUFFER_SIZE_MB",
            "ED_FLUSH_AT_NEXT_INVOKE",
            "ED_PRINT_EXTENSION_LOGS",
            "ED_TAG_PREFIX",
            "ED_LAMBDA_MAX_ITEMS",
            "ED_LAMBDA_MAX_BYTES",
            "ED_LAMBDA_TIMEOUT_MS");
  }
}
