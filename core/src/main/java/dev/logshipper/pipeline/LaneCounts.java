package dev.logshipper.pipeline;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import java.util.EnumMap;
import java.util.Map;

/// The counters of a lane's ledger. Guarded by the buffer's lock.
final class LaneCounts {
  long received;
  long delivered;
  long requests;
  long retries;
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
  private final Map<FilterReason, Long> filtered = new EnumMap<>(FilterReason.class);

  void dropped(DropReason reason, long records) {
    if (records > 0) {
      dropped.merge(reason, records, Long::sum);
    }
  }

  void filtered(Map<FilterReason, Long> records) {
    records.forEach((reason, count) -> filtered.merge(reason, count, Long::sum));
  }

  LaneLedger ledger(String lane, long undelivered, long handedOver) {
    return new LaneLedger(
        lane, received, delivered, dropped, undelivered, requests, retries, filtered, handedOver);
  }
}
