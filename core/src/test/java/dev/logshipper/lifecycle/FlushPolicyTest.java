package dev.logshipper.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.lifecycle.FlushPolicy.Moment;
import dev.logshipper.lifecycle.FlushPolicy.Situation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FlushPolicyTest {
  private static final long STALENESS = 1_000;
  private static final long UNKNOWN = Long.MAX_VALUE;

  @ParameterizedTest
  @CsvSource({
    "AUTO,        1, 9223372036854775807, END",
    "AUTO,        1,                 251, END",
    "AUTO,        1,                 250, NONE",
    "AUTO,       99,                   0, NONE",
    "END,         1,                   0, END",
    "END,        99, 9223372036854775807, END",
    "NEXT_INVOKE, 1,                   0, START",
    "NEXT_INVOKE, 1, 9223372036854775807, START",
    "BATCH,       9, 9223372036854775807, NONE",
    "BATCH,      10,                   0, START",
    "BATCH,      11,                   0, START",
    "BACKGROUND, 99, 9223372036854775807, NONE"
  })
  void eachModeHasItsMoment(FlushMode mode, int invokesSinceFlush, long meanGap, Moment expected) {
    assertThat(policy(mode).decide(new Situation(true, true, invokesSinceFlush, meanGap)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void nobodyWaitsForADestinationThatCannotBeReached(FlushMode mode) {
    assertThat(policy(mode).decide(new Situation(true, false, 99, UNKNOWN))).isEqualTo(Moment.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void nobodyWaitsForLogsThatAreNotDelivered(FlushMode mode) {
    assertThat(policy(mode).decide(new Situation(false, true, 99, UNKNOWN))).isEqualTo(Moment.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void aModeIsKnownByItsWord(FlushMode mode) {
    assertThat(FlushMode.of(mode.word())).isEqualTo(mode);
  }

  @Test
  void theWordsAreThoseOfTheSetting() {
    assertThat(FlushMode.values())
        .extracting(FlushMode::word)
        .containsExactly("auto", "end", "next-invoke", "batch", "background");
    assertThatThrownBy(() -> FlushMode.of("sometimes"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static FlushPolicy policy(FlushMode mode) {
    return new FlushPolicy(mode, 10, STALENESS);
  }
}
