package dev.logshipper.format.edgedelta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinePrefixTest {
  private static final int INVOCATIONS_MAX = 32;

  private final LinePrefix prefix = new LinePrefix(FormatFixture.HELLO, FunctionDetails.NONE);

  @Test
  void prefixesOfAlternatingInvocationsAreBuiltOnce() {
    byte[] first = prefix.line("id-1", "");
    for (int i = 2; i <= INVOCATIONS_MAX; i++) {
      assertThat(prefix.line("id-" + i, "")).asString(UTF_8).contains("\"id-" + i + "\"");
    }

    assertThat(prefix.line("id-1", "")).isSameAs(first);
  }

  @Test
  void numberOfRememberedInvocationsIsBounded() {
    byte[] first = prefix.line("id-1", "");
    for (int i = 2; i <= INVOCATIONS_MAX + 1; i++) {
      prefix.line("id-" + i, "");
    }

    assertThat(prefix.line("id-1", "")).isNotSameAs(first).isEqualTo(first);
  }
}
