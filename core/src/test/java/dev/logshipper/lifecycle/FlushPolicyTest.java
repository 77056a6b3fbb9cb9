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
    "AUTO,        9223372036854775807, END",
    "AUTO,                        251, END",
    "AUTO,                        250, NONE",
    "AUTO,                          0, NONE",
    "END,                           0, END",
    "END,         9223372036854775807, END",
    "NEXT_INVOKE,                   0, START",
    "NEXT_INVOKE, 9223372036854775807, START",
    "BATCH,       9223372036854775807, NONE",
    "BATCH,                         0, NONE",
    "BACKGROUND,  9223372036854775807, NONE"
  })
  void eachModeHasItsMoment(FlushMode mode, long meanGap, Moment expected) {
    assertThat(policy(mode).decide(new Situation(true, true, meanGap))).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void nobodyWaitsForADestinationThatCannotBeReached(FlushMode mode) {
    assertThat(policy(mode).decide(new Situation(true, false, UNKNOWN))).isEqualTo(Moment.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void nobodyWaitsForLogsThatAreNotDelivered(FlushMode mode) {
    assertThat(policy(mode).decide(new Situation(false, true, UNKNOWN))).isEqualTo(Moment.NONE);
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
    return new FlushPolicy(mode, STALENESS);
  }
}
