package dev.logshipper.pipeline;

import java.util.Locale;
import java.util.Map;

/// The ledger of one lane. It balances by construction at every instant: received = delivered +
/// dropped + undelivered.
///
/// @param lane the sink's mode
/// @param received records accepted for this lane
/// @param delivered records that the destination acknowledged
/// @param dropped records dropped, by reason
/// @param undelivered records neither delivered nor dropped so far
/// @param requests attempts to send
/// @param retries attempts that repeated a failed one
public record LaneLedger(
    String lane,
    long received,
    long delivered,
    Map<DropReason, Long> dropped,
    long undelivered,
    long requests,
    long retries) {

  public LaneLedger {
    dropped = Map.copyOf(dropped);
  }

  /// Why a record was dropped. Each drop is counted.
  public enum DropReason {
    /// The buffer was full.
    OVERFLOW,
    /// Larger than the sink's limit.
    OVERSIZED,
    /// The destination rejected it.
    REJECTED,
    /// The destination failed with it again and again while it accepted others.
    POISONED,
    /// The sink could not be opened.
    SINK_OFF
  }

  /// Records dropped for any reason.
  public long droppedTotal() {
    long total = 0;
    for (long count : dropped.values()) {
      total += count;
    }
    return total;
  }

  /// One line of `name=value` pairs, for people and for searching.
  public String line() {
    StringBuilder line = new StringBuilder("ledger sink=").append(lane);
    line.append(" received=").append(received);
    line.append(" delivered=").append(delivered);
    line.append(" dropped=").append(droppedTotal());
    for (DropReason reason : DropReason.values()) {
      long count = dropped.getOrDefault(reason, 0L);
      if (count > 0) {
        line.append(" dropped_").append(reason.name().toLowerCase(Locale.ROOT));
        line.append('=').append(count);
      }
    }
    line.append(" left_behind=").append(undelivered);
    line.append(" requests=").append(requests);
    line.append(" retries=").append(retries);
    return line.toString();
  }
}
