package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.ExtensionProcess;
import dev.logshipper.sandbox.InvocationOutcome;
import dev.logshipper.sandbox.Sandbox;
import dev.logshipper.sandbox.ShutdownOutcome;
import dev.logshipper.sandbox.destination.Answer;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ServiceDestination;
import java.util.List;

/// One life of the layer that ships, with one sink and the stand-in for its destination. The lines
/// that its function writes are accounted for when the test ends; it is closed then, too.
final class Trial {
  private final BundledSink sink;
  private final Destination destination;
  private final LineWriter lines;
  private final Sandbox sandbox;
  private double heldMillisMax;

  Trial(BundledSink sink, Destination destination, LineWriter lines, Sandbox sandbox) {
    this.sink = sink;
    this.destination = destination;
    this.lines = lines;
    this.sandbox = sandbox;
  }

  BundledSink sink() {
    return sink;
  }

  Destination destination() {
    return destination;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  /// Invokes the function some times; each must succeed.
  void invoke(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      InvocationOutcome outcome = invokeOnce();
      assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
    }
  }

  /// Invokes the function, whatever comes of it.
  InvocationOutcome invokeOnce() throws InterruptedException {
    return noted(sandbox.invoke("{}"));
  }

  /// Takes note of an invocation that was made beside the trial.
  InvocationOutcome noted(InvocationOutcome outcome) {
    heldMillisMax = Math.max(heldMillisMax, outcome.heldMillis());
    return outcome;
  }

  /// From now on every request gets this answer.
  void fail(Answer answer) {
    destination.answer(answer);
  }

  /// From now on the destination does what it is there for.
  void heal() {
    destination.answer(
        destination instanceof ServiceDestination service
            ? service.judged(reply -> reply)
            : Answer.ok());
    destination.release();
  }

  /// Ends the environment, in which the extension must not have to be killed.
  ShutdownOutcome.ExtensionEnd end() throws InterruptedException {
    ShutdownOutcome.ExtensionEnd end = sandbox.shutdown("spindown").extensions().getFirst();
    assertThat(end.killed()).as("killed at the end of the window").isFalse();
    assertThat(end.exitCode()).as("exit code").isZero();
    return end;
  }

  /// The JVM that the launcher watches over.
  ProcessHandle java() {
    ExtensionProcess extension = sandbox.extensions().getFirst();
    return ProcessHandle.of(extension.pid()).orElseThrow().children().findFirst().orElseThrow();
  }

  /// What the extension printed but for its ledger.
  List<String> said() {
    return sandbox.extensionOutput().stream().filter(line -> !isLedger(line)).toList();
  }

  /// How the lines fared so far.
  Account account() {
    List<String> stored = destination.lines();
    return new Account(
        lines.written(), LineWriter.numbers(stored), stored.size(), ledger(), heldMillisMax);
  }

  private String ledger() {
    return sandbox.extensionOutput().stream().filter(Trial::isLedger).reduce("", (_, last) -> last);
  }

  private static boolean isLedger(String line) {
    return line.contains("ledger sink=");
  }

  void close() {
    sandbox.close();
    destination.close();
  }
}
