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

/// The entries of one stream of one tenant, as the ingester keeps them (Loki's `stream.Push`). For
/// one thread at a time.
final class StoredStream {
  /// Half of `max_chunk_age`.
  static final Duration BEHIND_MAX = Duration.ofHours(1);

  /// `max_returned_stream_errors`.
  private static final int ERRORS_TOLD_MAX = 10;

  private static final int SHUFFLE_SEED = 7;

  private final String tenant;
  private final Labels labels;
  private final SortedMap<Long, Set<LokiEntry>> entries = new TreeMap<>();

  StoredStream(String tenant, Labels labels) {
    this.tenant = tenant;
    this.labels = labels;
  }

  /// Keeps what is new enough, says what is not.
  Optional<String> push(List<LokiEntry> pushed) {
    List<String> refused = new ArrayList<>();
    for (LokiEntry entry : pushed) {
      long oldest = entries.isEmpty() ? Long.MIN_VALUE : entries.lastKey() - BEHIND_MAX.toNanos();
      if (entry.nanos() < oldest) {
        refused.add(tooFarBehind(entry, oldest));
      } else {
        entries.computeIfAbsent(entry.nanos(), _ -> new LinkedHashSet<>()).add(entry);
      }
    }
    if (refused.isEmpty()) {
      return Optional.empty();
    }
    String told = String.join("", refused.subList(0, Math.min(refused.size(), ERRORS_TOLD_MAX)));
    return Optional.of(
        "%suser '%s', total ignored: %d out of %d for stream: %s"
            .formatted(told, tenant, refused.size(), pushed.size(), labels));
  }

  private static String tooFarBehind(LokiEntry entry, long oldest) {
    return ("entry with timestamp %s ignored, reason: 'entry too far behind, entry timestamp is:"
            + " %s, oldest acceptable timestamp is: %s',\n")
        .formatted(
            Timestamps.exact(entry.nanos()),
            Timestamps.seconds(entry.nanos()),
            Timestamps.seconds(oldest));
  }

  /// Entries of one nanosecond are shuffled, always in the same way. A real Loki sorts what the
  /// shards of a query give, and Go's sort is stable only up to 12 elements.
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
