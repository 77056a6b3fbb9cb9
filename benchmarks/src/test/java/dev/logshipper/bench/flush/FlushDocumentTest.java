package dev.logshipper.bench.flush;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlushDocumentTest {
  private static final Path CORE = Path.of("../core");

  @Test
  void documentAndPicturesShowTheStudysFigures() throws IOException {
    for (Map.Entry<Path, String> file : FlushDocument.files(CORE).entrySet()) {
      assertThat(Files.readString(file.getKey()))
          .as("%s is out of date; scripts/bench flush writes it", file.getKey())
          .isEqualTo(file.getValue());
    }
  }
}
