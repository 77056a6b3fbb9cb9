package dev.logshipper.sink.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// A sink, its destination, and all their observable behaviour. Calls the sink as core does: on one
/// thread, one call at a time.
final class SinkUnderTest implements AutoCloseable {
  /// A deadline that no send should come near.
  static final Duration AMPLE = Duration.ofMinutes(1);

  private static final String TIME = "2026-11-21T10:15:30.123Z";
  private static final FunctionIdentity FUNCTION =
      new FunctionIdentity(
          "hello",
          "$LATEST",
          "eu-west-1",
          128,
          "123456789012",
          "arn:aws:lambda:eu-west-1:123456789012:function:hello");

  /// Tolerance beyond a deadline for a busy machine.
  final Duration grace;

  /// A deadline that a send should meet.
  final Duration shortly;

  final SinkFixture fixture;
  final Lane lane = new Lane();
  final CapturedOutput output = CapturedOutput.atEveryLevel();
  final CapturedStreams streams = new CapturedStreams();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final String idPrefix = "contract-" + Long.toString(System.nanoTime(), 36) + "-";
  private int batches;
  private @Nullable Sink sink;
  private boolean closed;

  SinkUnderTest(SinkFixture fixture, Duration shortly, Duration grace) {
    this.fixture = fixture;
    this.shortly = shortly;
    this.grace = grace;
  }

  boolean has(Trait trait) {
    return fixture.traits().contains(trait);
  }

  /// Returns the context that core would pass to the provider.
  SinkContext context(Map<String, String> environment) {
    List<Setting<?>> owned = fixture.provider().settings();
    Settings settings = Settings.of(environment, owned).only(owned);
    return new SinkContext(settings, () -> FUNCTION, output.diagnostics());
  }

  /// Returns the sink, opened by the first call.
  Sink sink() throws InterruptedException {
    Sink opened = sink;
    if (opened == null) {
      SinkContext context = context(fixture.environment());
      opened = lane.run(() -> fixture.provider().open(context));
      sink = opened;
    }
    return opened;
  }

  /// Returns a line of the function; all have the same time.
  static LogRecord line(String text) {
    return LogRecord.text(TIME, "function", "request-1", text.getBytes(UTF_8));
  }

  /// Returns a line of a function that logs in JSON.
  static LogRecord json(String text) {
    return LogRecord.json(TIME, "function", "request-1", text.getBytes(UTF_8));
  }

  Batch batch(List<LogRecord> records) {
    return new Batch(idPrefix + ++batches, records);
  }

  Batch batch(String... lines) {
    List<LogRecord> records = new ArrayList<>();
    for (String text : lines) {
      records.add(line(text));
    }
    return batch(records);
  }

  /// Begins a send after scripting the destination.
  Future<Outcome> begin(Batch batch, Duration within, Fault... script) throws InterruptedException {
    Sink opened = sink();
    fixture.next(script);
    return lane.begin(() -> attempt(opened, batch, within));
  }

  /// Begins a send on an interrupted thread.
  Future<Outcome> beginInterrupted(Batch batch, Fault... script) throws InterruptedException {
    Sink opened = sink();
    fixture.next(script);
    return lane.begin(() -> {
      Thread.currentThread().interrupt();
      return attempt(opened, batch, AMPLE);
    });
  }

  Outcome end(Future<Outcome> send) throws InterruptedException {
    Outcome outcome = lane.end(send);
    outcomes.add(outcome);
    return outcome;
  }

  /// Sends a batch; without a script the destination accepts it.
  Outcome send(Batch batch, Fault... script) throws InterruptedException {
    return end(begin(batch, within(script), script));
  }

  /// Sends a line for each fault, and one in between that succeeds.
  void sendThroughAll(String text) throws InterruptedException {
    List<Fault> all = new ArrayList<>(Faults.all());
    if (has(Trait.PARTIAL_RETRY)) {
      all.add(new Fault.Partial(List.of(0), List.of()));
    }
    if (has(Trait.PARTIAL_REJECTION)) {
      all.add(new Fault.Partial(List.of(), List.of(0)));
    }
    String filling = "x".repeat(fixture.partialLineBytes());
    for (Fault fault : all) {
      send(batch("succeeds before " + text));
      // Twice, because a sink may resend once after a dead pooled connection.
      send(batch(text + filling, text + "2" + filling), fault, fault);
    }
  }

  /// Sends a batch and its remainders as core does, until none is left or an attempt fails.
  Outcome sendToTheEnd(Batch batch, int roundsMax) throws InterruptedException {
    Batch remainder = batch;
    Outcome outcome = send(remainder);
    for (int round = 1; round < roundsMax; round++) {
      switch (outcome.result()) {
        case SendResult.Progress(int delivered) -> remainder = remainder.remainder(delivered);
        case SendResult.Partial partial when !partial.retry().isEmpty() ->
            remainder = remainder.remainder(partial.retry());
        case null, default -> {
          return outcome;
        }
      }
      outcome = send(remainder);
    }
    return outcome;
  }

  /// Returns the outcomes of all sends so far.
  List<Outcome> outcomes() {
    return outcomes;
  }

  /// Returns threads of the sink that should have ended, after the tolerance.
  List<Thread> straysAfterGrace() throws InterruptedException {
    List<Thread> strays = new ArrayList<>();
    Wait.within(
        grace,
        () -> {
          strays.clear();
          for (Thread thread : lane.descendants()) {
            if (!isIdleLibraryThread(thread)) {
              strays.add(thread);
            }
          }
          return strays.isEmpty();
        });
    return strays;
  }

  private boolean isIdleLibraryThread(Thread thread) {
    if (!thread.isDaemon()) {
      return false;
    }
    for (String prefix : fixture.libraryThreads()) {
      if (thread.getName().startsWith(prefix)) {
        return switch (thread.getState()) {
          case WAITING, TIMED_WAITING -> true;
          default -> isInNativeCode(thread);
        };
      }
    }
    return false;
  }

  /// Returns whether a running thread in fact waits for a socket.
  private static boolean isInNativeCode(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && stack[0].isNativeMethod();
  }

  /// Returns a deadline for a script: one that will expire if there is no response.
  private Duration within(Fault... script) {
    boolean endless =
        script.length > 0
            && (script[0] instanceof Fault.Hang || script[0] instanceof Fault.Trickle);
    return endless ? shortly : AMPLE;
  }

  private static Outcome attempt(Sink sink, Batch batch, Duration within) {
    long begin = System.nanoTime();
    SendResult result = null;
    Throwable thrown = null;
    try {
      result = sink.send(batch, Deadline.after(within, System::nanoTime));
    } catch (Exception | LinkageError | AssertionError e) {
      thrown = e;
    }
    return new Outcome(result, thrown, Duration.ofNanos(System.nanoTime() - begin));
  }

  /// Closes the sink as core does, once.
  void closeSink() {
    Sink opened = sink;
    if (opened != null && !closed) {
      closed = true;
      opened.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeSink();
    } finally {
      lane.close();
      streams.close();
      fixture.close();
    }
  }
}
