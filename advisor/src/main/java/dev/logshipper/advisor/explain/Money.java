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

  static Money of(
      List<LaneForecast> lanes, double invocationsPerDay, double heldMillis, Cost.Terms terms) {
    Figures prices = Figures.prices();
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("Lambda, held time", terms.held(invocationsPerDay, heldMillis, prices));
    double cloudWatch = 0;
    double gigabytes = 0;
    for (LaneForecast lane : lanes) {
      if (!lane.isOn()) {
        continue;
      }
      parts.putAll(terms.destination(lane, prices));
      Cost cost = terms.of(lane, invocationsPerDay);
      cloudWatch = Math.max(cloudWatch, cost.cloudWatch());
      gigabytes = Math.max(gigabytes, cost.gigabytes());
    }
    return new Money(parts, cloudWatch, prices.tiered("delivery.tiers", gigabytes));
  }

  /// The price of the layer.
  public double total() {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
