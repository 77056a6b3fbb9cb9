package dev.logshipper.sandbox.destination.loki;

import java.util.List;
import java.util.SortedMap;

/// Everything kept under one set of labels.
///
/// @param tenant `fake` unless [LokiBehaviour#tenants()]
/// @param labels as pushed; real Loki adds `service_name` to them
/// @param entries in the order in which a reader gets them
public record LokiStream(String tenant, SortedMap<String, String> labels, List<LokiEntry> entries) {

  public LokiStream {
    entries = List.copyOf(entries);
  }
}
