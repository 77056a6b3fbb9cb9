package dev.logshipper.advisor.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.advisor.doctor.Checkup;
import dev.logshipper.sink.FlushMode;
import java.util.List;

/// Everything that is predicted.
///
/// @param flush the mode in effect
/// @param heldMillis mean time for which an invocation is held for all destinations
/// @param coldMillis additionally billed for a cold start
/// @param memoryMegabytes in the worst case: in use, a full buffer and the largest request
public record Explanation(
    FlushMode flush,
    List<LaneForecast> lanes,
    double heldMillis,
    double coldMillis,
    double memoryMegabytes,
    Money money,
    ObjectNode policy) {
  private static final double MEBIBYTE = 1 << 20;

  public Explanation {
    lanes = List.copyOf(lanes);
  }

  /// The predictions for a function.
  ///
  /// @param internet whether destinations by HTTP are outside the region
  public static Explanation of(
      Checkup checkup, Profile profile, int memoryMegabytes, boolean internet)
      throws InterruptedException {
    List<LaneForecast> lanes = Forecast.ofDay(checkup, profile);
    Figures costs = Figures.costs();
    double held = 0;
    double used = 0;
    double request = 0;
    for (LaneForecast lane : lanes) {
      held = Math.max(held, lane.heldMillis());
      String name = "memory." + lane.mode();
      used = Math.max(used, costs.text(name).isEmpty() ? 0 : costs.number(name));
    }
    for (var lane : new WireSize(checkup, profile).lanes()) {
      request += 2 * lane.batching().batchBytes() / MEBIBYTE;
    }
    return new Explanation(
        checkup.configuration().flush().mode(),
        lanes,
        held,
        costs.coldMillis(memoryMegabytes),
        used + checkup.configuration().bufferBytesMax() / MEBIBYTE + request,
        Money.of(lanes, profile.perDay(), held, memoryMegabytes, internet),
        RolePolicy.of(checkup));
  }
}
