package dev.logshipper.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Cut;
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
  /// What a busy machine may need beyond a deadline; less than any timeout of a library.
  static final Duration GRACE = Duration.ofSeconds(2);

  /// A deadline that a send is meant to meet.
  static final Duration SHORT = Duration.ofMillis(300);

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

  final SinkFixture fixture;
  final Lane lane = new Lane();
  final Said said = new Said();
  final Printed printed = new Printed();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final String idPrefix = "contract-" + Long.toString(System.nanoTime(), 36) + "-";
  private int batches;
  private @Nullable Sink sink;

  SinkUnderTest(SinkFixture fixture) {
    this.fixture = fixture;
  }

  boolean has(Trait trait) {
    return fixture.traits().contains(trait);
  }

  /// A deadline for a send that is answered so.
  static Duration within(Answer answer) {
    return switch (answer) {
      case Answer.Hang _, Answer.Trickle _ -> SHORT;
      default -> AMPLE;
    };
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
    return new Batch(idPrefix + ++batches, records, Cut.FLUSH);
  }

  Batch batch(String... lines) {
    List<LogRecord> records = new ArrayList<>();
    for (String text : lines) {
      records.add(line(text));
    }
    return batch(records);
  }

  /// Begins a send whose deadline is so far from now.
  Future<Outcome> begin(Batch batch, Duration within) throws InterruptedException {
    return begin(batch, within, false);
  }

  /// Begins a send on an interrupted thread.
  Future<Outcome> beginInterrupted(Batch batch) throws InterruptedException {
    return begin(batch, AMPLE, true);
  }

  private Future<Outcome> begin(Batch batch, Duration within, boolean interrupted)
      throws InterruptedException {
    Sink opened = sink();
    return lane.begin(() -> {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return attempt(opened, batch, within);
    });
  }

  Outcome end(Future<Outcome> send) throws InterruptedException {
    Outcome outcome = lane.end(send);
    outcomes.add(outcome);
    return outcome;
  }

  Outcome send(Batch batch, Duration within) throws InterruptedException {
    return end(begin(batch, within));
  }

  Outcome send(Batch batch) throws InterruptedException {
    return send(batch, AMPLE);
  }

  /// Sends a line, which the destination answers so.
  Outcome send(Answer answer, String text) throws InterruptedException {
    fixture.next(answer);
    return send(batch(text), within(answer));
  }

  /// Sends a line for each thing that a destination may do, and one in between that is taken.
  void sendThroughAll(String text) throws InterruptedException {
    List<Answer> all = new ArrayList<>(Faults.all());
    if (has(Trait.PARTIAL)) {
      all.add(new Answer.Partial(List.of(0)));
    }
    for (Answer answer : all) {
      send(batch("fine before " + text));
      fixture.next(answer);
      String filling = "x".repeat(fixture.partialLineBytes());
      send(batch(text + filling, text + "2" + filling), within(answer));
    }
  }

  /// Sends what remains of a batch until nothing does.
  Outcome sendToTheEnd(Batch batch, int roundsMax) throws InterruptedException {
    Outcome outcome = send(batch);
    Batch left = batch;
    for (int round = 1; round < roundsMax; round++) {
      if (!(outcome.result() instanceof SendResult.Partial partial)) {
        return outcome;
      }
      left = left.remainder(partial.failed());
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
        GRACE,
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

  @Override
  public void close() throws IOException {
    try {
      Sink opened = sink;
      if (opened != null) {
        opened.close();
      }
    } finally {
      lane.close();
      printed.close();
      fixture.close();
    }
  }
}
