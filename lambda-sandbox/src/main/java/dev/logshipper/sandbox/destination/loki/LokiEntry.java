package dev.logshipper.sandbox.destination.loki;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One log line as stored by Loki, which treats two equal ones as one.
///
/// @param nanos nanoseconds since 1970
/// @param metadata structured metadata, by name
public record LokiEntry(long nanos, String line, SortedMap<String, String> metadata) {

  LokiEntry(long nanos, String line, Map<String, String> metadata) {
    this(nanos, line, new TreeMap<>(metadata));
  }

  public LokiEntry {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }
}
