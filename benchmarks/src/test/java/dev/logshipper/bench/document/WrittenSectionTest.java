package dev.logshipper.bench.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WrittenSectionTest {
  private static final WrittenSection SECTION = new WrittenSection("scripts/bench");
  private static final String BEFORE = "before\n<!-- written by scripts/bench -->\n";
  private static final String AFTER = "<!-- until here -->\nafter\n";

  @Test
  void replacesTheTextBetweenTheMarkersOnly() {
    assertThat(SECTION.replace(BEFORE + "old\n" + AFTER, "new\n"))
        .isEqualTo(BEFORE + "\nnew\n\n" + AFTER);
  }

  @Test
  void writingTwiceChangesNothing() {
    String once = SECTION.replace(BEFORE + "old\n" + AFTER, "new");
    assertThat(SECTION.replace(once, "new")).isEqualTo(once);
  }

  @Test
  void anEarlierSectionStays() {
    String earlier = "<!-- written by other -->\ntext\n<!-- until here -->\n";
    assertThat(SECTION.replace(earlier + BEFORE + "old\n" + AFTER, "new"))
        .isEqualTo(earlier + BEFORE + "\nnew\n\n" + AFTER);
  }

  @Test
  void rejectsADocumentWithoutMarkers() {
    assertThatIllegalArgumentException().isThrownBy(() -> SECTION.replace("text", "new"));
  }
}
