package dev.logshipper.pipeline;

import java.util.EnumMap;
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
    for (Map.Entry<DropReason, Long> reason : new EnumMap<>(withoutZeros()).entrySet()) {
      line.append(" dropped_").append(reason.getKey().label()).append('=');
      line.append(reason.getValue().longValue());
    }
    line.append(" left_behind=").append(undelivered);
    line.append(" requests=").append(requests);
    line.append(" retries=").append(retries);
    return line.toString();
  }

  private EnumMap<DropReason, Long> withoutZeros() {
    EnumMap<DropReason, Long> counted = new EnumMap<>(DropReason.class);
    for (Map.Entry<DropReason, Long> entry : dropped.entrySet()) {
      if (entry.getValue() > 0) {
        counted.put(entry.getKey(), entry.getValue());
      }
    }
    return counted;
  }
}
