package dev.logshipper.sandbox.destination.loki;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The entries of one stream of one tenant, as the ingester stores them (Loki's `stream.Push`). For
/// one thread at a time.
final class StoredStream {
  /// Half of `max_chunk_age`.
  static final Duration BEHIND_MAX = Duration.ofHours(1);

  /// `max_returned_stream_errors`.
  private static final int ERRORS_REPORTED_MAX = 10;

  private static final int SHUFFLE_SEED = 7;

  private final String tenant;
  private final Labels labels;
  private final SortedMap<Long, Set<LokiEntry>> entries = new TreeMap<>();

  StoredStream(String tenant, Labels labels) {
    this.tenant = tenant;
    this.labels = labels;
  }

  /// Stores entries that are new enough, reports the others.
  Optional<String> push(List<LokiEntry> pushed) {
    List<String> rejected = new ArrayList<>();
    for (LokiEntry entry : pushed) {
      long oldest = entries.isEmpty() ? Long.MIN_VALUE : entries.lastKey() - BEHIND_MAX.toNanos();
      if (entry.nanos() < oldest) {
        rejected.add(tooFarBehind(entry, oldest));
      } else {
        entries.computeIfAbsent(entry.nanos(), _ -> new LinkedHashSet<>()).add(entry);
      }
    }
    if (rejected.isEmpty()) {
      return Optional.empty();
    }
    String texts =
        String.join("", rejected.subList(0, Math.min(rejected.size(), ERRORS_REPORTED_MAX)));
    return Optional.of(
        "%suser '%s', total ignored: %d out of %d for stream: %s"
            .formatted(texts, tenant, rejected.size(), pushed.size(), labels));
  }

  private static String tooFarBehind(LokiEntry entry, long oldest) {
    return ("entry with timestamp %s ignored, reason: 'entry too far behind, entry timestamp is:"
            + " %s, oldest acceptable timestamp is: %s',\n")
        .formatted(
            Timestamps.exact(entry.nanos()),
            Timestamps.seconds(entry.nanos()),
            Timestamps.seconds(oldest));
  }

  /// Shuffles entries of one nanosecond, always in the same way. A real Loki sorts the results of a
  /// query's shards, and Go's sort is stable only up to 12 elements.
  LokiStream read() {
    List<LokiEntry> read = new ArrayList<>();
    for (Set<LokiEntry> ofOneNanosecond : entries.values()) {
      read.addAll(shuffled(List.copyOf(ofOneNanosecond)));
    }
    return new LokiStream(tenant, labels.pairs(), read);
  }

  private static List<LokiEntry> shuffled(List<LokiEntry> entries) {
    List<LokiEntry> shuffled = new ArrayList<>(entries);
    Collections.shuffle(shuffled, new Random(SHUFFLE_SEED));
    return shuffled.equals(entries) ? entries.reversed() : shuffled;
  }
}
