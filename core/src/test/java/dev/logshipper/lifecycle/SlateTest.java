package dev.logshipper.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlateTest {
  private final SlateRecorder recorder = new SlateRecorder();
  private final Slate slate = recorder.slate();

  @ParameterizedTest
  @CsvSource({
    "REGISTERED, registered",
    "WAITING, waiting",
    "INVOKED, invoked",
    "DRAINING, shutdown",
    "STOPPED, shutdown"
  })
  void eachPhaseHasAWordForTheLauncher(Phase phase, String word) throws IOException {
    slate.describe(4321, true);
    slate.write(phase);
    assertThat(recorder.content()).isEqualTo("4321 subscribed " + word + "\n");
  }

  @Test
  void withoutASubscriptionItSaysSo() throws IOException {
    slate.describe(0, false);
    slate.write(Phase.WAITING);
    assertThat(recorder.content()).isEqualTo("0 none waiting\n");
  }

  @Test
  void thereIsAlwaysALineAndInTheEndOne() throws IOException {
    slate.describe(4321, true);
    slate.write(Phase.WAITING);
    slate.write(Phase.INVOKED);
    slate.write(Phase.WAITING);
    assertThat(recorder.history()).allSatisfy(content -> assertThat(content).endsWith("\n"));
    assertThat(recorder.content()).isEqualTo("4321 subscribed waiting\n");
  }

  @Test
  void withoutALauncherNothingIsToldAndNothingWaitedFor() throws IOException {
    Slate none = Slate.none();
    none.describe(1, true);
    none.write(Phase.WAITING);
    none.write(Phase.INVOKED);
    assertThat(recorder.history()).isEmpty();
  }
}
