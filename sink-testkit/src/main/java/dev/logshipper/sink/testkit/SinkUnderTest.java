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

/// A sink, its destination, and everything that can be seen of the two. Calls the sink as core
/// does: on one thread, one call after another.
final class SinkUnderTest implements AutoCloseable {
  /// A deadline that no send is meant to come near.
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

  /// What a busy machine may need beyond a deadline.
  final Duration grace;

  /// A deadline that a send is meant to meet.
  final Duration shortly;

  final SinkFixture fixture;
  final Lane lane = new Lane();
  final CapturedOutput said = new CapturedOutput();
  final CapturedStreams printed = new CapturedStreams();
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

  /// What core would hand to the provider.
  SinkContext context(Map<String, String> environment) {
    List<Setting<?>> owned = fixture.provider().settings();
    Settings settings = Settings.of(environment, owned).only(owned);
    return new SinkContext(settings, () -> FUNCTION, said.diagnostics());
  }

  /// The sink, opened at the first call.
  Sink sink() throws InterruptedException {
    Sink opened = sink;
    if (opened == null) {
      SinkContext context = context(fixture.environment());
      opened = lane.run(() -> fixture.provider().open(context));
      sink = opened;
    }
    return opened;
  }

  /// A line as the function writes it, all in one millisecond.
  static LogRecord line(String text) {
    return LogRecord.text(TIME, "function", "request-1", text.getBytes(UTF_8));
  }

  /// A line of a function that logs in JSON.
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

  /// Begins a send, of which the destination makes what the script says.
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

  /// Sends a batch; one that the destination takes, when there is no script.
  Outcome send(Batch batch, Fault... script) throws InterruptedException {
    return end(begin(batch, within(script), script));
  }

  /// Sends a line for each thing that a destination may do, and one in between that is taken.
  void sendThroughAll(String text) throws InterruptedException {
    List<Fault> all = new ArrayList<>(Faults.all());
    if (has(Trait.PARTIAL)) {
      all.add(new Fault.Partial(List.of(0)));
    }
    String filling = "x".repeat(fixture.partialLineBytes());
    for (Fault answer : all) {
      send(batch("fine before " + text));
      // Twice, because a sink may repeat a request at once on a pooled connection.
      send(batch(text + filling, text + "2" + filling), answer, answer);
    }
  }

  /// Sends what remains of a batch until nothing does.
  Outcome sendToTheEnd(Batch batch, int roundsMax) throws InterruptedException {
    Outcome outcome = send(batch);
    Batch left = batch;
    for (int round = 1; round < roundsMax; round++) {
      if (outcome.result() instanceof SendResult.Progress progress) {
        left = left.remainder(progress.delivered());
      } else if (outcome.result() instanceof SendResult.Partial partial
          && !partial.retry().isEmpty()) {
        left = left.remainder(partial.retry());
      } else {
        return outcome;
      }
      outcome = send(left);
    }
    return outcome;
  }

  /// How all sends so far ended.
  List<Outcome> outcomes() {
    return outcomes;
  }

  /// Threads of the sink that should not be there, after those that are about to end had time to.
  List<Thread> straysAfterGrace() throws InterruptedException {
    List<Thread> strays = new ArrayList<>();
    Wait.within(
        grace,
        () -> {
          strays.clear();
          for (Thread thread : lane.descendants()) {
            if (!isIdleOfLibrary(thread)) {
              strays.add(thread);
            }
          }
          return strays.isEmpty();
        });
    return strays;
  }

  private boolean isIdleOfLibrary(Thread thread) {
    if (!thread.isDaemon()) {
      return false;
    }
    for (String beginning : fixture.libraryThreads()) {
      if (thread.getName().startsWith(beginning)) {
        return switch (thread.getState()) {
          case WAITING, TIMED_WAITING -> true;
          default -> isInNativeCode(thread);
        };
      }
    }
    return false;
  }

  /// A thread that waits for a socket counts as running.
  private static boolean isInNativeCode(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && stack[0].isNativeMethod();
  }

  /// A deadline for a send that is answered so: one that will pass, if nobody answers.
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
      printed.close();
      fixture.close();
    }
  }
}
