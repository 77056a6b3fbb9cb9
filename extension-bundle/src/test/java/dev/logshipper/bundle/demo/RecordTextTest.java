package dev.logshipper.bundle.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordTextTest {

  @Test
  void objectHasAMemberPerLine() {
    assertThat(RecordText.lines("{\"faas\":{\"name\":\"f\"},\"n\":1.5,\"list\":[1,2]}"))
        .containsExactly("faas:", "  name: f", "n: 1.5", "list: [1,2]");
  }

  @Test
  void lineFeedsOfATextAreLineFeeds() {
    assertThat(RecordText.lines("{\"message\":\"error\\n\\tat A\",\"empty\":\"\"}"))
        .containsExactly("message: error", "  \tat A", "empty: ");
    assertThat(RecordText.lines("error\n\tat A")).containsExactly("error", "\tat A");
  }

  @Test
  void longRecordIsCut() {
    assertThat(RecordText.lines("x\n".repeat(30)))
        .hasSize(19)
        .last()
        .isEqualTo("… and 12 lines more");
  }
}
