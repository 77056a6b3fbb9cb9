package dev.logshipper.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartStateTest {
  @ParameterizedTest
  @CsvSource({
    "4321 subscribed waiting, 4321, true",
    "' 4321 none waiting\n', 4321, false",
    "0 none waiting, 0, false"
  })
  void lineOfTheDeadProcessIsParsed(String line, int port, boolean delivering) {
    assertThat(RestartState.parse(line)).isEqualTo(new RestartState(port, delivering));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "4321", "4321 subscribed", "x subscribed waiting", "1 2 3 4", "waiting"})
  void anythingElseIsNull(String line) {
    assertThat(RestartState.parse(line)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"4321, true", "0, false"})
  void lineIsParsedByTheSuccessor(int port, boolean delivering) {
    RestartState state = new RestartState(port, delivering);
    assertThat(RestartState.parse(state.line("invoked"))).isEqualTo(state);
  }
}
