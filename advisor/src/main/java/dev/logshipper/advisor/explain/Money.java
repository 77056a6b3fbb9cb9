package dev.logshipper.advisor.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// List prices of a month, in USD.
///
/// @param parts of the layer's price, by name
/// @param cloudWatch storing the same lines in CloudWatch Logs
/// @param delivery Lambda's own delivery to S3 or Firehose
public record Money(Map<String, Double> parts, double cloudWatch, double delivery) {
  private static final double DAYS = 30.4;
  private static final double GIGABYTE = 1e9;

  /// CloudWatch adds this to each event.
  private static final int EVENT_BYTES = 26;

  /// Firehose bills each of its records in steps of 5 KB. The sink packs many lines into one.
  private static final double FIREHOSE_STEP_BYTES = 5 * 1024;

  /// @param internet whether the destinations by HTTP are outside the region
  static Money of(
      List<LaneForecast> lanes,
      double invocationsPerDay,
      double heldMillis,
      int memoryMegabytes,
      boolean internet) {
    Figures prices = Figures.prices();
    Map<String, Double> parts = new LinkedHashMap<>();
    double seconds = invocationsPerDay * DAYS * heldMillis / 1_000;
    parts.put(
        "Lambda, held time", seconds * memoryMegabytes / 1_024 * prices.number("lambda.gb-second"));
    double content = 0;
    double records = 0;
    for (LaneForecast lane : lanes) {
      content = Math.max(content, lane.contentBytes());
      records = Math.max(records, lane.records());
      double gigabytes = lane.bodyBytes() * DAYS / GIGABYTE;
      switch (lane.mode()) {
        case "s3" -> {
          parts.put("S3, requests", lane.requests() * DAYS * prices.number("s3.put"));
          parts.put("S3, a month of storage", gigabytes * prices.number("s3.gb-month"));
        }
        case "kinesis" -> {
          double billed = Math.max(lane.bodyBytes(), lane.requests() * FIREHOSE_STEP_BYTES);
          parts.put("Firehose", billed * DAYS / GIGABYTE * prices.number("firehose.gb"));
        }
        default ->
            parts.put(
                lane.mode() + ", transfer",
                internet ? gigabytes * prices.number("internet.gb") : 0.0);
      }
    }
    double events = (content + records * EVENT_BYTES) * DAYS / GIGABYTE;
    double cloudWatch =
        prices.tiered("cloudwatch.tiers", events) + events * prices.number("cloudwatch.gb-month");
    return new Money(parts, cloudWatch, prices.tiered("delivery.tiers", events));
  }

  /// The price of the layer.
  public double total() {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
