package dev.logshipper.advisor.explain;

import java.util.LinkedHashMap;
import java.util.Map;

/// The list price of one destination in a month, in USD, and that of the same lines elsewhere.
///
/// @param parts by name
/// @param gigabytes of lines, as CloudWatch bills them
/// @param cloudWatch storing them in CloudWatch Logs
record Cost(Map<String, Double> parts, double gigabytes, double cloudWatch) {
  static final double DAYS = 30.4;
  private static final double GIGABYTE = 1e9;

  /// CloudWatch adds this to each event.
  private static final int EVENT_BYTES = 26;

  /// Firehose bills each of its records in steps of 5 KB. The sink packs many lines into one, or
  /// none.
  private static final double FIREHOSE_STEP_BYTES = 5 * 1024;

  /// Requests to Firehose contain data in base64.
  private static final double FIREHOSE_DATA_SHARE = 0.75;

  /// The conditions that do not depend on the traffic.
  ///
  /// @param internet whether the destinations by HTTP are outside the region
  /// @param single whether each record of Firehose has only one line
  record Terms(int memoryMegabytes, boolean internet, boolean single) {

    Cost of(LaneForecast lane, double invocationsPerDay) {
      Figures prices = Figures.prices();
      Map<String, Double> parts = new LinkedHashMap<>();
      double held = held(invocationsPerDay, lane.heldMillis(), prices);
      if (held > 0) {
        parts.put("Lambda, held time", held);
      }
      parts.putAll(destination(lane, prices));
      double gigabytes = (lane.contentBytes() + lane.records() * EVENT_BYTES) * DAYS / GIGABYTE;
      double cloudWatch =
          prices.tiered("cloudwatch.tiers", gigabytes)
              + gigabytes * prices.number("cloudwatch.gb-month");
      return new Cost(parts, gigabytes, cloudWatch);
    }

    double held(double invocationsPerDay, double millis, Figures prices) {
      double seconds = invocationsPerDay * DAYS * millis / 1_000;
      return seconds * memoryMegabytes / 1_024 * prices.number("lambda.gb-second");
    }

    /// The prices of the destination itself.
    Map<String, Double> destination(LaneForecast lane, Figures prices) {
      double gigabytes = lane.bodyBytes() * DAYS / GIGABYTE;
      Map<String, Double> parts = new LinkedHashMap<>();
      switch (lane.mode()) {
        case "s3" -> {
          parts.put("S3, requests", lane.requests() * DAYS * prices.number("s3.put"));
          parts.put("S3, a month of storage", gigabytes * prices.number("s3.gb-month"));
        }
        case "kinesis" -> {
          double steps = single ? lane.records() : lane.requests();
          double billed =
              Math.max(lane.bodyBytes() * FIREHOSE_DATA_SHARE, steps * FIREHOSE_STEP_BYTES);
          parts.put("Firehose", billed * DAYS / GIGABYTE * prices.number("firehose.gb"));
        }
        default ->
            parts.put(
                lane.mode() + ", transfer",
                internet ? gigabytes * prices.number("internet.gb") : 0.0);
      }
      return parts;
    }
  }

  double total() {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  boolean isCheaper() {
    return total() < cloudWatch;
  }
}
