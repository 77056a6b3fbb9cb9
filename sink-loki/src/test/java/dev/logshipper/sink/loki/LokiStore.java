package dev.logshipper.sink.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Does with a push what a real Loki was seen to do: stores what is valid, drops twins without a
/// word, refuses what is not valid and stores the rest. Used by one thread at a time.
final class LokiStore {
  private static final int LINE_BYTES_MAX = 262_144;

  /// Bytes of lines above which it finds a push too large.
  int pushBytesMax = Integer.MAX_VALUE;

  /// How it answers then.
  int tooLargeStatus = 413;

  boolean takesMetadata = true;

  private final Set<Pushed> stored = new LinkedHashSet<>();

  /// How it answers a push.
  record Reply(int status, String text) {}

  /// What it holds, as a query gives it: by time.
  List<Pushed> stored() {
    List<Pushed> byTime = new ArrayList<>(stored);
    byTime.sort(Comparator.comparingLong(Pushed::nanos));
    return byTime;
  }

  List<String> lines() {
    return Pushed.lines(stored());
  }

  Reply push(List<Pushed> pushed) {
    int bytes = 0;
    for (Pushed line : pushed) {
      bytes += line.line().length();
    }
    if (bytes > pushBytesMax) {
      return new Reply(
          tooLargeStatus,
          tooLargeStatus == 429
              ? "Ingestion rate limit exceeded for user fake (limit: "
                  + pushBytesMax
                  + " bytes/sec) while attempting to ingest '9' lines totaling '"
                  + bytes
                  + "' bytes, reduce log volume"
              : "grpc: received message larger than max (5 vs. 4)");
    }
    int refused = 0;
    boolean metadataRefused = false;
    for (Pushed line : pushed) {
      if (!takesMetadata && !line.metadata().isEmpty()) {
        metadataRefused = true;
      } else if (line.line().startsWith("invalid")
          || line.line().getBytes(UTF_8).length > LINE_BYTES_MAX) {
        refused++;
      } else {
        stored.add(line);
      }
    }
    if (metadataRefused) {
      return new Reply(
          400, "stream '{a=\"b\"}' includes structured metadata, but this feature is disallowed.");
    }
    return refused == 0
        ? new Reply(204, "")
        : new Reply(
            400,
            "entry with timestamp 1 ignored, reason: 'entry too far behind', user 'fake', total"
                + " ignored: "
                + refused
                + " out of "
                + pushed.size()
                + " for stream: {}");
  }
}
