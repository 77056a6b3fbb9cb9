package dev.logshipper.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.pipeline.FilterReason;
import dev.logshipper.pipeline.HealthFormat;
import dev.logshipper.pipeline.LaneHealth;
import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.pipeline.PipelineHealth;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.RecordTypes;
import dev.logshipper.sink.support.text.Timestamps;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes the state of the pipeline as a JSON object: totals since the process started, which agree
/// with the ledger that is printed at the end. Thread-safe.
public final class HealthRecords implements HealthFormat {
  private static final long MILLI_NANOS = 1_000_000;

  private final Supplier<FunctionIdentity> function;
  private final String process;
  private final boolean hasMetrics;
  private final LongSupplier platformDropped;
  private final LongSupplier malformed;
  private final LongSupplier epochMillis;
  private final long startedMillis;

  private HealthRecords(
      Supplier<FunctionIdentity> function,
      String process,
      boolean hasMetrics,
      LongSupplier platformDropped,
      LongSupplier malformed,
      LongSupplier epochMillis) {
    this.function = function;
    this.process = process;
    this.hasMetrics = hasMetrics;
    this.platformDropped = platformDropped;
    this.malformed = malformed;
    this.epochMillis = epochMillis;
    this.startedMillis = epochMillis.getAsLong();
  }

  /// Begins to count the time. The result has the type that its user needs: then the JVM need not
  /// load either to verify that user.
  ///
  /// @param process a name of this process, unique across environments
  /// @param hasMetrics whether records contain metrics for CloudWatch
  /// @param platformDropped the number of records that the platform dropped so far
  /// @param malformed the number of records that could not be read so far
  /// @param epochMillis wall clock
  public static HealthFormat of(
      Supplier<FunctionIdentity> function,
      String process,
      boolean hasMetrics,
      LongSupplier platformDropped,
      LongSupplier malformed,
      LongSupplier epochMillis) {
    return new HealthRecords(
        function, process, hasMetrics, platformDropped, malformed, epochMillis);
  }

  @Override
  public LogRecord record(PipelineHealth now, @Nullable PipelineHealth before) {
    long at = epochMillis.getAsLong();
    FunctionIdentity identity = function.get();
    JsonObject json = new JsonObject();
    json.member("function_name", identity.name());
    json.member("function_version", identity.version());
    json.member("process", process);
    json.member("final", now.isFinal());
    json.member("uptime_ms", at - startedMillis);
    json.member("held_ms", now.heldNanos() / MILLI_NANOS);
    json.member("platform_dropped", platformDropped.getAsLong());
    json.member("malformed", malformed.getAsLong());
    json.beginArray("sinks");
    for (LaneHealth lane : now.lanes()) {
      json.beginObject();
      write(lane, json);
      json.endObject();
    }
    json.endArray();
    if (hasMetrics) {
      EmbeddedMetrics.write(json, identity.name(), at, now, before);
    }
    byte[] content = json.text().getBytes(UTF_8);
    return LogRecord.json(Timestamps.format(at), RecordTypes.HEALTH, null, content);
  }

  private static void write(LaneHealth lane, JsonObject json) {
    LaneLedger ledger = lane.ledger();
    json.member("sink", ledger.lane());
    json.member("received", ledger.received());
    json.member("delivered", ledger.delivered());
    json.member("dropped", ledger.droppedTotal());
    for (DropReason reason : DropReason.values()) {
      count(json, "dropped_", reason, ledger.dropped().getOrDefault(reason, 0L));
    }
    json.member("filtered", ledger.filteredTotal());
    for (FilterReason reason : FilterReason.values()) {
      count(json, "filtered_", reason, ledger.filtered().getOrDefault(reason, 0L));
    }
    json.member("handed_over", ledger.handedOver());
    json.member("undelivered", ledger.undelivered());
    json.member("requests", ledger.requests());
    json.member("retries", ledger.retries());
    json.member("sent_bytes", lane.sentBytes());
    json.member("send_ms", lane.sendNanos() / MILLI_NANOS);
    json.member("staleness_ms", lane.stalenessNanos() / MILLI_NANOS);
  }

  private static void count(JsonObject json, String prefix, Enum<?> reason, long count) {
    if (count > 0) {
      json.member(prefix + LaneLedger.word(reason), count);
    }
  }
}
