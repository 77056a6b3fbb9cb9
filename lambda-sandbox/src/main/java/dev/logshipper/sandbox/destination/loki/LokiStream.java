package dev.logshipper.sandbox.destination.loki;

import java.util.List;
import java.util.SortedMap;

/// All entries stored under one set of labels.
///
/// @param tenant `fake` unless [LokiBehaviour#tenants()]
/// @param labels as pushed; real Loki adds `service_name` to them
/// @param entries in a reader's order
public record LokiStream(String tenant, SortedMap<String, String> labels, List<LokiEntry> entries) {

  public LokiStream {
    entries = List.copyOf(entries);
  }
}
