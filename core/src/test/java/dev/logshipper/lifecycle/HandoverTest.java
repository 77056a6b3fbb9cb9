package dev.logshipper.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandoverTest {
  @ParameterizedTest
  @CsvSource({
    "4321 subscribed waiting, 4321, true",
    "' 4321 none waiting\n', 4321, false",
    "0 none waiting, 0, false"
  })
  void theLineOfTheDeadProcessIsRead(String line, int port, boolean delivering) {
    assertThat(Handover.of(line)).contains(new Handover(port, delivering));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "4321", "4321 subscribed", "x subscribed waiting", "1 2 3 4", "waiting"})
  void anythingElseIsNone(String line) {
    assertThat(Handover.of(line)).isEmpty();
  }
}
