package dev.logshipper.simulation;

import java.util.SplittableRandom;

/// All random choices of a run, derived from one seed.
final class SeededRandom {
  private static final int HUNDRED = 100;

  private final SplittableRandom random;

  SeededRandom(long seed) {
    this.random = new SplittableRandom(seed);
  }

  boolean percent(int percent) {
    return percent > 0 && random.nextInt(HUNDRED) < percent;
  }

  /// A number from zero (inclusive) to `end` (exclusive).
  int below(int end) {
    return random.nextInt(end);
  }

  /// A number between two limits, both inclusive.
  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  double fraction() {
    return random.nextDouble();
  }

  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
