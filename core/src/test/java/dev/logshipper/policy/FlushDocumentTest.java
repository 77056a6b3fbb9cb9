package dev.logshipper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `FLUSHING.md` shows what the simulation gives. With `-Dpolicy.draw=true` it is written anew.
class FlushDocumentTest {
  private static final Path DOCUMENT = Path.of("FLUSHING.md");
  private static final Path FOLDER = Path.of("docs");
  private static final String BEGIN = "<!-- simulated -->\n";
  private static final String END = "<!-- end -->";

  @Test
  void theTableIsWhatTheSimulationGives() throws IOException {
    String text = Files.readString(DOCUMENT);
    String before = text.substring(0, text.indexOf(BEGIN) + BEGIN.length());
    String drawn = before + FlushTable.markdown() + text.substring(text.indexOf(END));
    keep(DOCUMENT, drawn);
    keep(FOLDER.resolve("flushing.csv"), FlushTable.csv());
  }

  @Test
  void thePicturesShowWhatTheSimulationGives() throws IOException {
    keep(FOLDER.resolve("flushing-held.svg"), FlushPicture.ofHeldTime());
    keep(FOLDER.resolve("flushing-staleness.svg"), FlushPicture.ofStaleness());
  }

  private static void keep(Path file, String content) throws IOException {
    if (Boolean.getBoolean("policy.draw")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, content);
    }
    assertThat(content)
        .as("%s is not what the simulation gives; -Dpolicy.draw=true writes it", file)
        .isEqualTo(Files.readString(file));
  }
}
