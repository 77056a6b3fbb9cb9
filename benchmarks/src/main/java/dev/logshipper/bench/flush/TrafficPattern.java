package dev.logshipper.bench.flush;

import dev.logshipper.advisor.simulation.SendLatency;
import java.util.random.RandomGenerator;

/// The traffic of one environment.
///
/// @param gaps from the end of an invocation to the next request, in milliseconds
/// @param durations of the function, in milliseconds
/// @param sendMillisMax upper limit of the destination's latency
record TrafficPattern(
    String name, Draw gaps, Draw durations, SendLatency latency, double sendMillisMax) {

  /// A random variable.
  @FunctionalInterface
  interface Draw {
    /// One value.
    ///
    /// @param number index of the invocation
    double next(RandomGenerator random, int number);

    /// A nearly constant value, with 3 % of jitter.
    static Draw about(double millis) {
      return (random, _) -> millis * random.nextDouble(0.97, 1.03);
    }

    static Draw exponential(double meanMillis) {
      return (random, _) -> -meanMillis * Math.log(1 - random.nextDouble());
    }

    static Draw bursts(int length, double within, double between) {
      return (random, number) ->
          (number % length == 0 ? between : within) * random.nextDouble(0.97, 1.03);
    }

    /// Bursts of random length.
    static Draw randomBursts(double meanLength, double within, double between) {
      return (random, _) ->
          (random.nextDouble() < 1 / meanLength ? between : within) * random.nextDouble(0.8, 1.2);
    }

    /// A day of varying rates.
    static Draw diurnal(double busiestMillis, double quietestMillis, int period) {
      return (random, number) -> {
        double share = (1 + Math.cos(2 * Math.PI * number / period)) / 2;
        double mean =
            Math.exp(Math.log(busiestMillis) * share + Math.log(quietestMillis) * (1 - share));
        return exponential(mean).next(random, number);
      };
    }

    static Draw uniform(double from, double to) {
      return (random, _) -> random.nextDouble(from, to);
    }
  }
}
