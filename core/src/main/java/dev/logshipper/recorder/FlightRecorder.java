package dev.logshipper.recorder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.pipeline.Recorder;
import dev.logshipper.recorder.RecordedInvocation.Outcome;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.RecordTypes;
import dev.logshipper.sink.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds the records of each invocation until its outcome is known. They are shipped if it failed,
/// timed out, was slow, wrote a line of ERROR or above or an uncaught error, or never reported its
/// end; otherwise one summary takes their place. Lines of a configured level and above are shipped
/// at once.
///
/// Records without a request id are shipped. Not thread-safe.
public final class FlightRecorder implements Recorder {
  private static final String PLATFORM_PREFIX = "platform.";
  private static final String SUMMARY_TYPE = "log-shipper.summary";

  /// More than run at the same time in one environment.
  private static final int INVOCATIONS_MAX = 2_048;

  private final RecorderRules rules;
  private final long heldBytesMax;
  private final @Nullable Runnable onLineWithoutId;
  private final LinkedHashMap<String, RecordedInvocation> invocations = new LinkedHashMap<>();
  private long heldBytes;
  private long letGo;
  private long overflowed;
  private boolean reported;

  /// @param heldBytesMax beyond it, the oldest held records are dropped
  /// @param onLineWithoutId called once, when invocations run at the same time and a line has no
  ///   request id; null when they do not
  public FlightRecorder(
      RecorderRules rules, long heldBytesMax, @Nullable Runnable onLineWithoutId) {
    this.rules = rules;
    this.heldBytesMax = heldBytesMax;
    this.onLineWithoutId = onLineWithoutId;
  }

  @Override
  public void accept(LogRecord record, boolean wanted, Consumer<LogRecord> receiver) {
    Consumer<LogRecord> wantedOnes = wanted ? receiver : _ -> {};
    if (record.requestId().isEmpty()) {
      shipWithoutId(record, wantedOnes);
      return;
    }
    String requestId = record.requestId().get();
    switch (record.type()) {
      case RecordTypes.START -> started(requestId, receiver);
      case RecordTypes.RUNTIME_DONE, RecordTypes.REPORT ->
          ended(requestId, InvocationEnd.of(record), receiver);
      default -> {}
    }
    if (wanted) {
      add(record, of(requestId, receiver), receiver);
    }
    if (record.type().equals(RecordTypes.REPORT)) {
      reported(requestId, record, receiver);
    }
  }

  private void shipWithoutId(LogRecord record, Consumer<LogRecord> receiver) {
    if (onLineWithoutId != null && !reported && !record.type().startsWith(PLATFORM_PREFIX)) {
      reported = true;
      onLineWithoutId.run();
    }
    receiver.accept(record);
  }

  /// Another invocation with the same id is a repetition of it. One that never reported its end may
  /// have crashed, so its records are shipped.
  private void started(String requestId, Consumer<LogRecord> receiver) {
    if (onLineWithoutId == null) {
      for (RecordedInvocation other : invocations.values()) {
        if (other.outcome == Outcome.UNKNOWN) {
          ship(other, receiver);
        }
      }
    }
    RecordedInvocation previous = invocations.remove(requestId);
    if (previous != null && previous.outcome == Outcome.UNKNOWN) {
      ship(previous, receiver);
    }
  }

  private void ended(String requestId, InvocationEnd end, Consumer<LogRecord> receiver) {
    RecordedInvocation invocation = of(requestId, receiver);
    invocation.ended(end);
    Duration slower = rules.slower();
    boolean isSlow = slower != null && end.isLongerThan(slower.toMillis());
    if (invocation.outcome == Outcome.SHIPPED) {
      return;
    }
    if (isSlow || !end.isSuccess()) {
      boolean isDecided = invocation.outcome == Outcome.LET_GO && !end.isStated();
      if (isSlow || !isDecided) {
        ship(invocation, receiver);
      }
    } else {
      invocation.outcome = Outcome.LET_GO;
      heldBytes -= invocation.release(_ -> letGo++);
      letGo += invocation.takeOverflowed();
    }
  }

  /// The report is the last event of an invocation.
  private void reported(String requestId, LogRecord report, Consumer<LogRecord> receiver) {
    RecordedInvocation invocation = invocations.remove(requestId);
    if (invocation != null && invocation.outcome == Outcome.LET_GO) {
      receiver.accept(summary(invocation, requestId, report));
    }
  }

  private static LogRecord summary(
      RecordedInvocation invocation, String requestId, LogRecord report) {
    return LogRecord.json(
            report.time(), SUMMARY_TYPE, requestId, invocation.summary().getBytes(UTF_8))
        .withTenantId(report.tenantId().orElse(null));
  }

  private void add(LogRecord record, RecordedInvocation invocation, Consumer<LogRecord> receiver) {
    boolean isLine = !record.type().startsWith(PLATFORM_PREFIX);
    Optional<Severity> severity = isLine ? record.severity() : Optional.empty();
    if (isLine) {
      invocation.count(record, severity);
    }
    if (isLine && isError(record, severity)) {
      ship(invocation, receiver);
    }
    boolean isImportant = severity.isPresent() && severity.get().compareTo(rules.level()) >= 0;
    if (isImportant || invocation.outcome == Outcome.SHIPPED) {
      receiver.accept(record);
    } else if (invocation.outcome == Outcome.LET_GO) {
      letGo++;
    } else {
      hold(record, invocation);
    }
  }

  private static boolean isError(LogRecord record, Optional<Severity> severity) {
    return severity
        .map(stated -> stated.compareTo(Severity.ERROR) >= 0)
        .orElseGet(() -> UncaughtError.isIn(record));
  }

  private void hold(LogRecord record, RecordedInvocation invocation) {
    invocation.hold(record);
    heldBytes += RecordedInvocation.cost(record);
    for (RecordedInvocation oldest : invocations.values()) {
      while (heldBytes > heldBytesMax && oldest.heldRecords() > 0) {
        heldBytes -= oldest.dropOldest();
      }
    }
  }

  private RecordedInvocation of(String requestId, Consumer<LogRecord> receiver) {
    RecordedInvocation known = invocations.get(requestId);
    if (known == null) {
      if (invocations.size() == INVOCATIONS_MAX) {
        Map.Entry<String, RecordedInvocation> oldest = invocations.pollFirstEntry();
        ship(oldest.getValue(), receiver);
      }
      known = new RecordedInvocation();
      invocations.put(requestId, known);
    }
    return known;
  }

  private void ship(RecordedInvocation invocation, Consumer<LogRecord> receiver) {
    invocation.outcome = Outcome.SHIPPED;
    heldBytes -= invocation.release(receiver);
    overflowed += invocation.takeOverflowed();
  }

  @Override
  public List<LogRecord> close() {
    List<LogRecord> undecided = new ArrayList<>();
    for (RecordedInvocation invocation : invocations.values()) {
      if (invocation.outcome == Outcome.UNKNOWN) {
        ship(invocation, undecided::add);
      }
    }
    invocations.clear();
    return undecided;
  }

  @Override
  public long heldBytes() {
    return heldBytes;
  }

  @Override
  public long takeLetGo() {
    long records = letGo;
    letGo = 0;
    return records;
  }

  @Override
  public long takeOverflowed() {
    long records = overflowed;
    overflowed = 0;
    return records;
  }
}
