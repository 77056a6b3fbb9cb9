package dev.logshipper.health;

import dev.logshipper.pipeline.LaneHealth;
import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.PipelineHealth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Metrics in CloudWatch's embedded metric format ("Specification: Embedded metric format",
/// CloudWatch User Guide): `_aws` names members of the same object. They count since the previous
/// record, so that CloudWatch's sums are right. Stateless.
final class EmbeddedMetrics {
  static final String NAMESPACE = "LogShipper";
  private static final String DIMENSION = "FunctionName";
  private static final String COUNT = "Count";
  private static final String BYTES = "Bytes";
  private static final String MILLISECONDS = "Milliseconds";
  private static final long MILLI_NANOS = 1_000_000;

  private EmbeddedMetrics() {}

  private record Metric(String name, String unit, long value) {}

  static void write(
      JsonObject json,
      String functionName,
      long epochMillis,
      PipelineHealth now,
      @Nullable PipelineHealth before) {
    List<List<Metric>> groups = groups(now, before);
    json.beginObject("_aws");
    json.member("Timestamp", epochMillis);
    json.beginArray("CloudWatchMetrics");
    for (List<Metric> group : groups) {
      directive(json, group);
    }
    json.endArray();
    json.endObject();
    json.member(DIMENSION, functionName);
    for (List<Metric> group : groups) {
      for (Metric metric : group) {
        json.member(metric.name, metric.value);
      }
    }
  }

  private static void directive(JsonObject json, List<Metric> metrics) {
    json.beginObject();
    json.member("Namespace", NAMESPACE);
    json.beginArray("Dimensions");
    json.beginArray();
    json.element(DIMENSION);
    json.endArray();
    json.endArray();
    json.beginArray("Metrics");
    for (Metric metric : metrics) {
      json.beginObject();
      json.member("Name", metric.name);
      json.member("Unit", metric.unit);
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  /// One group for each lane: a directive has at most 100 metrics.
  private static List<List<Metric>> groups(PipelineHealth now, @Nullable PipelineHealth before) {
    List<List<Metric>> groups = new ArrayList<>();
    long held = now.heldNanos() - (before == null ? 0 : before.heldNanos());
    groups.add(List.of(new Metric("HeldMilliseconds", MILLISECONDS, held / MILLI_NANOS)));
    for (int i = 0; i < now.lanes().size(); i++) {
      groups.add(lane(now.lanes().get(i), before == null ? null : before.lanes().get(i)));
    }
    return groups;
  }

  private static List<Metric> lane(LaneHealth now, @Nullable LaneHealth before) {
    LaneLedger total = now.ledger();
    LaneLedger old = before == null ? null : before.ledger();
    String prefix = total.lane() + ".";
    List<Metric> metrics = new ArrayList<>();
    long received = old == null ? 0 : old.received();
    metrics.add(new Metric(prefix + "Received", COUNT, total.received() - received));
    long delivered = old == null ? 0 : old.delivered();
    metrics.add(new Metric(prefix + "Delivered", COUNT, total.delivered() - delivered));
    long dropped = old == null ? 0 : old.droppedTotal();
    metrics.add(new Metric(prefix + "Dropped", COUNT, total.droppedTotal() - dropped));
    long filtered = old == null ? 0 : old.filteredTotal();
    metrics.add(new Metric(prefix + "Filtered", COUNT, total.filteredTotal() - filtered));
    long handedOver = old == null ? 0 : old.handedOver();
    metrics.add(new Metric(prefix + "HandedOver", COUNT, total.handedOver() - handedOver));
    metrics.add(new Metric(prefix + "Undelivered", COUNT, total.undelivered()));
    long requests = old == null ? 0 : old.requests();
    metrics.add(new Metric(prefix + "Requests", COUNT, total.requests() - requests));
    long retries = old == null ? 0 : old.retries();
    metrics.add(new Metric(prefix + "Retries", COUNT, total.retries() - retries));
    long bytes = before == null ? 0 : before.sentBytes();
    metrics.add(new Metric(prefix + "SentBytes", BYTES, now.sentBytes() - bytes));
    long sent = now.sendNanos() - (before == null ? 0 : before.sendNanos());
    metrics.add(new Metric(prefix + "SendMilliseconds", MILLISECONDS, sent / MILLI_NANOS));
    metrics.add(
        new Metric(
            prefix + "StalenessMilliseconds", MILLISECONDS, now.stalenessNanos() / MILLI_NANOS));
    return metrics;
  }
}
