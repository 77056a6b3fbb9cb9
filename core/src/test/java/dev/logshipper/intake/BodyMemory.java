package dev.logshipper.intake;

import static org.assertj.core.api.Assertions.assertThat;

/// Memory for one body after the other: what is given back was taken before.
final class BodyMemory implements RequestBody.Room {
  private int taken;

  @Override
  public void take(int bytes) {
    taken += bytes;
  }

  @Override
  public void giveBack(int bytes) {
    taken -= bytes;
    assertThat(taken).isNotNegative();
  }
}
