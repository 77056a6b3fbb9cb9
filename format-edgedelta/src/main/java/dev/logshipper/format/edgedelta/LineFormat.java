package dev.logshipper.format.edgedelta;

/// The form of a line.
public enum LineFormat {
  /// With the origin: cloud, function, invocation, tags.
  ENRICHED,
  /// Time, message and type.
  PLAIN,
  /// Flat, with the time in milliseconds since 1970.
  EPOCH,
  /// An event of Splunk's HTTP Event Collector.
  SPLUNK
}
