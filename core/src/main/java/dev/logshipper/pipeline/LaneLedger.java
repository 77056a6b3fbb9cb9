package dev.logshipper.pipeline;

import java.util.Locale;
import java.util.Map;

/// The ledger of one lane. It balances by construction at every instant: received = delivered +
/// dropped + handed over + undelivered.
///
/// @param lane the sink's mode
/// @param received records accepted for this lane
/// @param delivered records that the destination acknowledged
/// @param dropped records dropped, by reason
/// @param undelivered records neither delivered nor dropped so far
/// @param requests attempts to send
/// @param retries attempts that repeated a failed one
/// @param filtered records not shipped because the user wanted it so, by reason; not among those
///   received
/// @param handedOver records given to the next lane of the chain
public record LaneLedger(
    String lane,
    long received,
    long delivered,
    Map<DropReason, Long> dropped,
    long undelivered,
    long requests,
    long retries,
    Map<FilterReason, Long> filtered,
    long handedOver) {

  public LaneLedger {
    dropped = Map.copyOf(dropped);
    filtered = Map.copyOf(filtered);
  }

  /// The ledger of a lane that ships all records and stands alone.
  public LaneLedger(
      String lane,
      long received,
      long delivered,
      Map<DropReason, Long> dropped,
      long undelivered,
      long requests,
      long retries) {
    this(lane, received, delivered, dropped, undelivered, requests, retries, Map.of(), 0);
  }

  /// This ledger with more records.
  LaneLedger plus(int moreReceived, int moreUndelivered) {
    return new LaneLedger(
        lane,
        received + moreReceived,
        delivered,
        dropped,
        undelivered + moreUndelivered,
        requests,
        retries,
        filtered,
        handedOver);
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
    SINK_OFF,
    /// Withheld because it could not be redacted.
    WITHHELD,
    /// Held by the flight recorder, which was full.
    RECORDER_FULL
  }

  /// Records dropped for any reason.
  public long droppedTotal() {
    return total(dropped);
  }

  /// Records not shipped for any reason of the user's.
  public long filteredTotal() {
    return total(filtered);
  }

  /// A reason as it is printed.
  public static String word(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private static long total(Map<?, Long> counts) {
    long total = 0;
    for (long count : counts.values()) {
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
    appendEach(line, " dropped_", DropReason.values(), dropped);
    if (!filtered.isEmpty()) {
      line.append(" filtered=").append(filteredTotal());
      appendEach(line, " filtered_", FilterReason.values(), filtered);
    }
    if (handedOver > 0) {
      line.append(" handed_over=").append(handedOver);
    }
    line.append(" left_behind=").append(undelivered);
    line.append(" requests=").append(requests);
    line.append(" retries=").append(retries);
    return line.toString();
  }

  private static <R extends Enum<R>> void appendEach(
      StringBuilder line, String prefix, R[] reasons, Map<R, Long> counts) {
    for (R reason : reasons) {
      long count = counts.getOrDefault(reason, 0L);
      if (count > 0) {
        line.append(prefix).append(word(reason));
        line.append('=').append(count);
      }
    }
  }
}
