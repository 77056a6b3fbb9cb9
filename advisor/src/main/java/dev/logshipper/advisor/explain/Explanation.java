package dev.logshipper.advisor.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.advisor.doctor.Checkup;
import dev.logshipper.sink.FlushMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that is predicted.
///
/// @param flush the mode in effect
/// @param heldMillis mean time for which an invocation is held for all destinations
/// @param laterHeldMillis the same for all but the first of an environment; null without any
/// @param coldStart measured; includes the first invocation
/// @param warmUpMillis time that init may wait for a warm-up
/// @param memoryMegabytes in the worst case: in use, a full buffer and the largest request
/// @param breakEvens by destination
/// @param policy the least permissions; without statements if none are needed
/// @param keyPolicy permissions for secrets that are encrypted with a key of one's own
public record Explanation(
    FlushMode flush,
    List<LaneForecast> lanes,
    double heldMillis,
    @Nullable Double laterHeldMillis,
    ColdStart coldStart,
    long warmUpMillis,
    double memoryMegabytes,
    Money money,
    Map<String, BreakEven> breakEvens,
    ObjectNode policy,
    ObjectNode keyPolicy) {
  private static final double MEBIBYTE = 1 << 20;

  /// Enough for two significant digits.
  private static final int BREAK_EVEN_INVOCATIONS = 1_000;

  public Explanation {
    lanes = List.copyOf(lanes);
  }

  /// The predictions for a function.
  ///
  /// @param internet whether destinations by HTTP are outside the region
  public static Explanation of(
      Checkup checkup, Profile profile, int memoryMegabytes, boolean internet)
      throws InterruptedException {
    Cost.Terms terms = new Cost.Terms(memoryMegabytes, internet, hasSingleRecords(checkup));
    List<LaneForecast> lanes = new ArrayList<>();
    Map<String, BreakEven> breakEvens = new LinkedHashMap<>();
    double request = 0;
    for (Forecast forecast : Forecast.of(checkup, profile)) {
      LaneForecast lane = forecast.day(profile);
      lanes.add(lane);
      request += 2 * forecast.batching().batchBytes() / MEBIBYTE;
      if (lane.isOn()) {
        breakEvens.put(lane.mode(), breakEven(forecast, profile, terms));
      }
    }
    double held = 0;
    Double later = null;
    double used = 0;
    Figures costs = Figures.costs();
    for (LaneForecast lane : lanes) {
      held = Math.max(held, lane.heldMillis());
      Double own = lane.laterHeldMillis();
      if (own != null) {
        later = later == null ? own : Double.valueOf(Math.max(later, own));
      }
      String name = "memory." + lane.mode();
      used = Math.max(used, costs.text(name).isEmpty() ? 0 : costs.number(name));
    }
    long warmUp = checkup.configuration().warmUp().toMillis();
    return new Explanation(
        checkup.configuration().flush().mode(),
        lanes,
        held,
        later,
        costs.coldStart(warmUp(checkup, warmUp), memoryMegabytes),
        warmUp,
        used + checkup.configuration().bufferBytesMax() / MEBIBYTE + request,
        Money.of(lanes, profile.perDay(), held, terms),
        breakEvens,
        RolePolicy.of(checkup),
        RolePolicy.ofKeys(checkup));
  }

  private static BreakEven breakEven(Forecast forecast, Profile profile, Cost.Terms terms) {
    return BreakEven.of(
        profile.invocationsMax(),
        rate -> {
          Profile other = profile.at(rate);
          return terms.of(forecast.day(other, BREAK_EVEN_INVOCATIONS), other.perDay());
        });
  }

  private static String warmUp(Checkup checkup, long millis) {
    if (checkup.environment().getOrDefault("PUSHER_WARM_UP_MS", "").isBlank()) {
      return "default";
    }
    return millis == 0 ? "no-warm-up" : "warm-up";
  }

  private static boolean hasSingleRecords(Checkup checkup) {
    return checkup.settings().stream()
        .anyMatch(
            each -> each.name().equals("PUSHER_KINESIS_PACKING") && each.value().equals("single"));
  }
}
