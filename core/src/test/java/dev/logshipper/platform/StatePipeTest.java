package dev.logshipper.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class StatePipeTest {
  private final StatePipeRecorder recorder = new StatePipeRecorder();
  private final StatePipe pipe = recorder.pipe();

  @Test
  void lineHoldsPortSubscriptionAndPhase() throws IOException {
    pipe.describe(new RestartState(4321, true));
    pipe.write("invoked");
    assertThat(recorder.content()).isEqualTo("4321 subscribed invoked\n");
  }

  @Test
  void missingSubscriptionIsRecorded() throws IOException {
    pipe.describe(new RestartState(0, false));
    pipe.write("waiting");
    assertThat(recorder.content()).isEqualTo("0 none waiting\n");
  }

  @Test
  void pipeIsNeverEmptyAndHoldsOneLineInTheEnd() throws IOException {
    pipe.describe(new RestartState(4321, true));
    pipe.write("waiting");
    pipe.write("invoked");
    pipe.write("waiting");
    assertThat(recorder.history()).allSatisfy(content -> assertThat(content).endsWith("\n"));
    assertThat(recorder.content()).isEqualTo("4321 subscribed waiting\n");
  }

  @Test
  void withoutALauncherNothingIsWrittenAndNothingAwaited() throws IOException {
    StatePipe none = StatePipe.none();
    none.describe(new RestartState(1, true));
    none.write("waiting");
    none.write("invoked");
    assertThat(recorder.history()).isEmpty();
  }
}
