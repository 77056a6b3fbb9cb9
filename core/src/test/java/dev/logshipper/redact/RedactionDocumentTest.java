package dev.logshipper.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The examples of `docs/redaction.md`.
class RedactionDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/redaction.md");

  @Test
  void examplesAreTrue() throws IOException {
    List<String> document = Files.readAllLines(DOCUMENT);
    Redactor redactor =
        new Redactor(requireNonNull(RedactionKind.parse(setting(document))), List.of(), null);
    List<String> shipped = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (String line : document.subList(0, document.indexOf("| kind | what is found |"))) {
      String[] cells = line.split("\\| `|` \\| `|` \\|", -1);
      if (cells.length == 4) {
        LogRecord record = LogRecord.text("", "function", null, cells[1].getBytes(UTF_8));
        shipped.add(requireNonNull(redactor.apply(record)).text());
        expected.add(cells[2]);
      }
    }
    assertThat(shipped).hasSize(4).isEqualTo(expected);
  }

  private static String setting(List<String> document) {
    for (String line : document) {
      if (line.startsWith("PUSHER_REDACT=")) {
        return line.substring("PUSHER_REDACT=".length());
      }
    }
    throw new AssertionError("no setting");
  }
}
