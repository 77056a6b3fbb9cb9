package dev.logshipper.pipeline;

import java.util.EnumMap;
import java.util.Map;

/// The counters behind a lane's ledger. Guarded by the buffer's lock.
final class LaneCounts {
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
  private long received;
  private long delivered;
  private long requests;
  private long retries;

  void received() {
    received++;
  }

  void delivered(int records) {
    delivered += records;
  }

  void dropped(DropReason reason, int records) {
    if (records > 0) {
      dropped.merge(reason, (long) records, Long::sum);
    }
  }

  /// @param retry whether it repeats an attempt that failed
  void request(boolean retry) {
    requests++;
    if (retry) {
      retries++;
    }
  }

  /// @param undelivered records that wait or are in flight
  LaneLedger ledger(String lane, long undelivered) {
    return new LaneLedger(lane, received, delivered, dropped, undelivered, requests, retries);
  }
}
