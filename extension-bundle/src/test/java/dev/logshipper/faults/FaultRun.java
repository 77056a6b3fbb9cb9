package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import dev.logshipper.sandbox.environment.ExtensionProcess;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.ShutdownOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One run of the layer that ships, with one sink and a stand-in for its destination, or a chain of
/// two. When the test ends, the function's lines are checked and the run is closed.
final class FaultRun {
  private static final String NAME = "log-shipper";
  private static final String LEDGER = "ledger sink=";

  private final BundledSink sink;
  private final Destination destination;
  private final @Nullable Second second;
  private final LineWriter lines;
  private final Sandbox sandbox;
  private double heldMillisMax;

  FaultRun(
      BundledSink sink,
      Destination destination,
      @Nullable Second second,
      LineWriter lines,
      Sandbox sandbox) {
    this.sink = sink;
    this.destination = destination;
    this.second = second;
    this.lines = lines;
    this.sandbox = sandbox;
  }

  /// The next sink of a chain.
  record Second(BundledSink sink, Destination destination) {}

  BundledSink sink() {
    return sink;
  }

  Destination destination() {
    return destination;
  }

  /// The destination of the chain's second sink.
  Destination secondDestination() {
    return Objects.requireNonNull(second).destination();
  }

  Sandbox sandbox() {
    return sandbox;
  }

  /// Invokes the function a number of times; each must succeed.
  void invoke(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      InvocationOutcome outcome = invokeOnce();
      assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
    }
  }

  /// Invokes the function; it may fail.
  InvocationOutcome invokeOnce() throws InterruptedException {
    return noted(sandbox.invoke("{}"));
  }

  /// Records an invocation that the test made itself.
  InvocationOutcome noted(InvocationOutcome outcome) {
    heldMillisMax = Math.max(heldMillisMax, outcome.heldMillis());
    return outcome;
  }

  /// From now on every request gets this response.
  void fail(ScriptedResponse response) {
    destination.respond(response);
  }

  /// From now on the destination works.
  void heal() {
    destination.respond(stored(response -> response));
    destination.release();
  }

  /// From now on the destination works, but finds requests over a size too large.
  void limitBodies(int bytesMax) {
    ScriptedResponse stored = stored(response -> response);
    destination.respond(
        ScriptedResponse.computed(
            request -> request.body().length > bytesMax ? ScriptedResponse.status(413) : stored));
  }

  /// The destination stores the request, and then sends another response.
  ScriptedResponse stored(Function<ScriptedResponse.Http, ScriptedResponse> then) {
    return destination instanceof ServiceDestination service
        ? service.handled(then)
        : ScriptedResponse.computed(_ -> then.apply(ScriptedResponse.ok()));
  }

  /// Ends the environment, in which the extension must not have to be killed.
  ShutdownOutcome.ExtensionEnd end() throws InterruptedException {
    ShutdownOutcome.ExtensionEnd end = sandbox.shutdown("spindown").extension(NAME).orElseThrow();
    assertThat(end.killed()).as("killed at the end of the window").isFalse();
    assertThat(end.exitCode()).as("exit code").isZero();
    return end;
  }

  /// Logs some lines outside of any invocation, as a thread of the function may.
  void emit(int count) {
    for (int i = 0; i < count; i++) {
      sandbox.emit("function", quoted(lines.next(FaultRunBuilder.LINE_BYTES)));
    }
  }

  /// A body of a delivery with some lines of the function.
  String delivery(int count) {
    StringJoiner events = new StringJoiner(",", "[", "]");
    for (int i = 0; i < count; i++) {
      events.add(
          "{\"time\":\""
              + Instant.now().truncatedTo(ChronoUnit.MILLIS)
              + "\",\"type\":\"function\",\"record\":"
              + quoted(lines.next(FaultRunBuilder.LINE_BYTES))
              + "}");
    }
    return events.toString();
  }

  private static String quoted(String line) {
    return TextNode.valueOf(line).toString();
  }

  /// The JVM that the launcher watches over. It may start after the first invocation.
  ProcessHandle java() {
    ProcessHandle launcher = launcher();
    return await().until(() -> launcher.children().findFirst(), Optional::isPresent).orElseThrow();
  }

  /// The process of the shipped extension; others may run, too.
  private ProcessHandle launcher() {
    ExtensionProcess extension =
        sandbox.extensions().stream()
            .filter(each -> each.name().equals(NAME))
            .findFirst()
            .orElseThrow();
    return ProcessHandle.of(extension.pid()).orElseThrow();
  }

  /// Kills the JVM, frozen or not; the launcher survives.
  void killJava() {
    kill(java());
  }

  /// Kills all processes, as the platform does without a SHUTDOWN.
  void killEverything() {
    ProcessHandle java = java();
    kill(launcher());
    kill(java);
  }

  private static void kill(ProcessHandle process) {
    assertThat(process.destroyForcibly()).isTrue();
    await().until(() -> isDead(process));
  }

  /// Also before its parent has noticed, which cannot happen while that one is frozen.
  private static boolean isDead(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
    } catch (IOException gone) {
      return true;
    }
  }

  /// The extension's output without its ledger.
  List<String> output() {
    return sandbox.extensionOutput().stream().filter(line -> !isLedger(line)).toList();
  }

  /// The lines delivered so far, to the destinations of all sinks.
  Deliveries deliveries() {
    List<String> stored = new ArrayList<>(destination.lines());
    if (second != null) {
      stored.addAll(second.destination().lines());
    }
    return new Deliveries(
        lines.written(),
        LineWriter.numbers(stored),
        stored.size(),
        ledger(),
        deaths(),
        heldMillisMax);
  }

  private String ledger() {
    return sandbox.extensionOutput().stream()
        .filter(line ->
            line.contains(LEDGER + sink.mode() + " ")
                || (second != null && line.contains(LEDGER + second.sink().mode() + " ")))
        .collect(Collectors.joining(" "));
  }

  private int deaths() {
    return Math.toIntExact(output().stream().filter(line -> line.contains("Java exited")).count());
  }

  private static boolean isLedger(String line) {
    return line.contains(LEDGER);
  }

  void close() {
    sandbox.close();
    destination.close();
    if (second != null) {
      second.destination().close();
    }
  }
}
