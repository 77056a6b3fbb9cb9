package dev.logshipper.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ReadmeSectionTest {
  private static final String DOCUMENT =
      "before\n" + ReadmeSection.BEGIN + "\nold\n" + ReadmeSection.END + "\nafter\n";

  @Test
  void onlyWhatIsBetweenTheLinesChanges() {
    assertThat(ReadmeSection.replace(DOCUMENT, "new\n"))
        .isEqualTo(
            "before\n" + ReadmeSection.BEGIN + "\n\nnew\n\n" + ReadmeSection.END + "\nafter\n");
  }

  @Test
  void aSecondTimeChangesNothing() {
    String once = ReadmeSection.replace(DOCUMENT, "new");
    assertThat(ReadmeSection.replace(once, "new")).isEqualTo(once);
  }

  @Test
  void aDocumentWithoutTheLinesIsLeftAlone() {
    assertThatIllegalArgumentException().isThrownBy(() -> ReadmeSection.replace("text", "new"));
  }
}
