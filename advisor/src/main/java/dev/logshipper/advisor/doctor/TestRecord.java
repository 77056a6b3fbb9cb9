package dev.logshipper.advisor.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.Prerequisite;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Sends one record through the sink of the layer, in one attempt per request.
final class TestRecord {
  private static final Duration TIME_MAX = Duration.ofSeconds(20);
  private static final int ATTEMPTS_MAX = 5;
  static final String TEXT = "a test record of log-shipper's doctor";

  private final Lines lines = new Lines();
  private final Checkup checkup;

  TestRecord(Checkup checkup) {
    this.checkup = checkup;
  }

  /// Sends it to each destination, one after the other. The results by mode.
  Map<String, Finding> send() throws InterruptedException {
    Map<String, Finding> results = new LinkedHashMap<>();
    FunctionIdentity function =
        new FunctionIdentity(
            "log-shipper-doctor",
            "$LATEST",
            checkup.environment().getOrDefault("AWS_REGION", ""),
            0,
            null,
            null);
    for (LaneConfig lane : checkup.configuration().lanes(() -> function, lines)) {
      results.put(lane.name(), send(lane));
    }
    return results;
  }

  /// The lines that the sinks logged.
  List<Finding> notes() {
    return lines.warnings.stream().map(Finding::note).toList();
  }

  private Finding send(LaneConfig lane) throws InterruptedException {
    Deadline deadline = Deadline.after(TIME_MAX, System::nanoTime);
    Prerequisite prerequisite = lane.prerequisite();
    String missing = prerequisite == null ? null : prerequisite.obtain(deadline);
    if (missing != null) {
      return Finding.problem(lane.name() + ": " + missing, secretHint(missing));
    }
    Supplier<Sink> opener = lane.opener();
    if (opener == null) {
      return Finding.problem(lane.name() + ": the sink is off", "set its required variables");
    }
    try (Sink sink = opener.get()) {
      return attempt(lane.name(), sink, deadline);
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      return Finding.problem(lane.name() + ": " + reason, Hint.of(lane.name(), reason));
    }
  }

  private static String secretHint(String reason) {
    return reason.contains("no credentials") ? Hint.of("", reason) : "see docs/secrets.md";
  }

  private static Finding attempt(String mode, Sink sink, Deadline deadline)
      throws InterruptedException {
    LogRecord record =
        LogRecord.text(
            Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
            "function",
            UUID.randomUUID().toString(),
            TEXT.getBytes(UTF_8));
    Batch batch = new Batch("doctor-" + UUID.randomUUID(), List.of(record));
    SendResult result = new SendResult.Progress(0);
    try {
      sink.limits();
      for (int i = 0; i < ATTEMPTS_MAX && result instanceof SendResult.Progress; i++) {
        result = sink.send(batch, deadline);
      }
    } catch (IOException e) {
      return failure(mode, String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      return Finding.problem(mode + ": the sink failed with " + e.getClass().getName(), "");
    }
    return switch (result) {
      case SendResult.Delivered _ -> Finding.ok(mode + ": a test record was accepted by " + sink);
      case SendResult.Progress _ -> Finding.problem(mode + ": the record does not fit", "");
      case SendResult.Partial partial -> failure(mode, partial.reason());
      case SendResult.Retry retry -> failure(mode, retry.reason());
      case SendResult.Rejected rejected -> failure(mode, rejected.reason());
    };
  }

  private static Finding failure(String mode, String reason) {
    return Finding.problem(
        mode + ": the test record was not accepted: " + reason, Hint.of(mode, reason));
  }

  /// The lines that a sink logs.
  private static final class Lines implements Diagnostics {
    final List<String> warnings = new ArrayList<>();

    @Override
    public void warn(String line) {
      warnings.add(line);
    }

    @Override
    public void info(String line) {
      warnings.add(line);
    }

    @Override
    public void debug(String line) {}
  }
}
