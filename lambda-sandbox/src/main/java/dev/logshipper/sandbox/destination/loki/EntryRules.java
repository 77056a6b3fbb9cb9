package dev.logshipper.sandbox.destination.loki;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The distributor's checks of a single entry (Loki's `Validator.ValidateEntry`, default limits).
///
/// @param now the reference for ages
/// @param structuredMetadata whether entries may have it
record EntryRules(Instant now, boolean structuredMetadata) {
  static final Duration AGE_MAX = Duration.ofDays(7);
  static final Duration AHEAD_MAX = Duration.ofMinutes(10);
  static final int LINE_BYTES_MAX = 256 * 1024;
  static final int METADATA_COUNT_MAX = 128;
  static final int METADATA_BYTES_MAX = 64 * 1024;

  /// The reason to reject this entry.
  ///
  /// @param stream its labels as text
  Optional<String> rejection(String stream, LokiEntry entry) {
    Instant oldest = now.minus(AGE_MAX);
    if (entry.nanos() < nanos(oldest)) {
      return Optional.of(
          "entry for stream '%s' has timestamp too old: %s, oldest acceptable timestamp is: %s"
              .formatted(stream, Timestamps.seconds(entry.nanos()), Timestamps.seconds(oldest)));
    }
    if (entry.nanos() > nanos(now.plus(AHEAD_MAX))) {
      return Optional.of(
          "entry for stream '%s' has timestamp too new: %s"
              .formatted(stream, Timestamps.seconds(entry.nanos())));
    }
    int length = Utf8.size(entry.line());
    if (length > LINE_BYTES_MAX) {
      return Optional.of(
          ("max entry size '%d' bytes exceeded for stream '%s'"
                  + " while adding an entry with length '%d' bytes")
              .formatted(LINE_BYTES_MAX, stream, length));
    }
    return entry.metadata().isEmpty() ? Optional.empty() : metadataRejection(stream, entry);
  }

  private Optional<String> metadataRejection(String stream, LokiEntry entry) {
    if (!structuredMetadata) {
      return Optional.of(
          ("stream '%s' includes structured metadata, but this feature is disallowed. Please see"
                  + " `limits_config.allow_structured_metadata` or contact your Loki administrator"
                  + " to enable it")
              .formatted(stream));
    }
    int bytes = metadataBytes(entry);
    if (bytes > METADATA_BYTES_MAX) {
      return Optional.of(
          ("stream '%s' has structured metadata too large: '%d' bytes, limit: '%d' bytes. Please"
                  + " see `limits_config.max_structured_metadata_size` or contact your Loki"
                  + " administrator to increase it")
              .formatted(stream, bytes, METADATA_BYTES_MAX));
    }
    int count = entry.metadata().size();
    if (count > METADATA_COUNT_MAX) {
      return Optional.of(
          ("stream '%s' has too many structured metadata labels: '%d', limit: '%d'. Please see"
                  + " `limits_config.max_structured_metadata_entries_count` or contact your Loki"
                  + " administrator to increase it")
              .formatted(stream, count, METADATA_COUNT_MAX));
    }
    return Optional.empty();
  }

  static int metadataBytes(LokiEntry entry) {
    int bytes = 0;
    for (Map.Entry<String, String> pair : entry.metadata().entrySet()) {
      bytes += Utf8.size(pair.getKey()) + Utf8.size(pair.getValue());
    }
    return bytes;
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
  }
}
