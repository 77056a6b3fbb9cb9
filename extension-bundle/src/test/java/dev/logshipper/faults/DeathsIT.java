package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// Our own process dies. The platform would fail the invocation, and must not learn of it.
@Chapter("Ends")
class DeathsIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  /// What the start of another JVM takes, and a busy machine adds.
  private static final int START_MILLIS_MAX = 2_000;

  @Sinks
  @Fault(
      value = "our JVM is killed between invocations",
      user = "Java ended, starting it again",
      heldMillisMax = START_MILLIS_MAX)
  void idle(BundledSink sink, Trials trials) throws Exception {
    Trial trial = trials.of(sink).environment("PUSHER_FLUSH", "end").start();
    trial.invoke(1);
    trial.killJava();
    trial.invoke(2);
    trial.end();

    saysOnceThatItDied(trial);
  }

  @Sinks
  @Fault(
      value = "our JVM is killed in an invocation",
      user = "Java ended, starting it again",
      lost = Lost.UNCOUNTED,
      heldMillisMax = START_MILLIS_MAX)
  void inAnInvocation(BundledSink sink, Trials trials) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    Trial trial =
        trials
            .of(sink)
            .environment("PUSHER_FLUSH", "end")
            .function((invocation, lines) -> {
              lines.write(invocation, TrialBuilder.LINES, TrialBuilder.LINE_BYTES);
              running.countDown();
              killed.await();
              lines.write(invocation, TrialBuilder.LINES, TrialBuilder.LINE_BYTES);
            })
            .start();
    CompletableFuture<InvocationOutcome> first = trial.sandbox().invokeAsync("{}");
    running.await();
    trial.killJava();
    killed.countDown();
    assertThat(trial.noted(first.get()).succeeded()).isTrue();
    trial.invoke(1);
    trial.end();

    saysOnceThatItDied(trial);
    losesNothingButItsFirstLines(trial);
  }

  @Sinks
  @Fault(
      value = "our JVM is killed in the middle of a send",
      user = "Java ended, starting it again",
      lost = Lost.UNCOUNTED,
      heldMillisMax = START_MILLIS_MAX)
  void inASend(BundledSink sink, Trials trials) throws Exception {
    Trial trial =
        trials
            .of(sink)
            .environment("PUSHER_FLUSH", "end")
            .environment("PUSHER_MAX_HOLD_MS", "500")
            .start();
    trial.destination().respondNext(ScriptedResponse.hang());
    trial.invoke(1);
    trial.sandbox().thaw();
    var _ = trial.destination().awaitRequests(1, SOON);
    trial.killJava();
    trial.invoke(2);
    trial.end();

    saysOnceThatItDied(trial);
    losesNothingButItsFirstLines(trial);
  }

  private static void losesNothingButItsFirstLines(Trial trial) {
    assertThat(trial.account().lost())
        .as("only what the dead one held")
        .allMatch(line -> line <= TrialBuilder.LINES);
  }

  private static void saysOnceThatItDied(Trial trial) {
    assertThat(trial.said())
        .singleElement()
        .asString()
        .contains("Java ended with status 137", "starting it again");
  }

  @Sinks
  @Fault(
      value = "our JVM is killed three times in a row",
      user = "no logs are shipped from here on (once)",
      lost = Lost.UNCOUNTED,
      heldMillisMax = START_MILLIS_MAX)
  void again(BundledSink sink, Trials trials) throws Exception {
    Trial trial = trials.of(sink).environment("PUSHER_FLUSH", "end").start();
    trial.invoke(1);
    for (int death = 0; death < 3; death++) {
      trial.killJava();
      trial.invoke(1);
    }
    trial.invoke(2);
    trial.end();

    assertThat(trial.said())
        .filteredOn(line -> line.contains("no logs are shipped from here on"))
        .hasSize(1);
    losesNothingBefore(trial);
  }

  private static void losesNothingBefore(Trial trial) {
    assertThat(trial.account().lost())
        .as("not what was sent before the first death")
        .allMatch(line -> line > TrialBuilder.LINES);
  }
}
