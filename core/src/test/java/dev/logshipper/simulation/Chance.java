package dev.logshipper.simulation;

import java.util.SplittableRandom;

/// Everything that a run leaves to chance, from one seed.
final class Chance {
  private static final int HUNDRED = 100;

  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  boolean percent(int percent) {
    return percent > 0 && random.nextInt(HUNDRED) < percent;
  }

  /// From zero on.
  int below(int end) {
    return random.nextInt(end);
  }

  /// Both ends are possible.
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
