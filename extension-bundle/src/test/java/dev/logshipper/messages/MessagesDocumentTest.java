package dev.logshipper.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Holds `docs/messages.md` to the code: it explains each message that the sources print, in the
/// words of the sources, and no other. The failure prints the rows to add and to remove.
class MessagesDocumentTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (.*) \\|$");

  @Test
  void eachMessageOfTheSourcesIsExplained() throws IOException {
    List<String> explained = rows().stream().map(row -> row.group(1)).toList();
    assertThat(explained).doesNotHaveDuplicates();
    assertThat(explained).containsExactlyInAnyOrderElementsOf(MessageSource.messagesIn(ROOT));
  }

  @Test
  void noExplanationIsEmpty() throws IOException {
    assertThat(rows()).allSatisfy(row -> assertThat(row.group(2)).isNotBlank());
  }

  private static List<MatchResult> rows() throws IOException {
    String document = Files.readString(ROOT.resolve("docs/messages.md"));
    return ROW.matcher(document).results().toList();
  }
}
