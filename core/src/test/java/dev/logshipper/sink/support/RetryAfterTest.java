package dev.logshipper.sink.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  /// 2026-11-21T10:15:30Z.
  private static final long NOW_MILLIS = 1_795_256_130_000L;

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "' 7 ', 7",
    "0, 0",
    "86400, 86400",
    "1.5, 2",
    "'Sat, 21 Nov 2026 10:15:37 GMT', 7",
    "'Sun, 22 Nov 2026 10:15:30 GMT', 86400",
    "'Sat, 21 Nov 2026 10:15:00 GMT', 0",
    "-1, 0",
    "soon, 0",
    "., 0",
    "9999999999, 0",
    "'', 0"
  })
  void waitIsInSecondsOrADate(String header, long seconds) {
    assertThat(RetryAfter.parse(header, NOW_MILLIS)).hasSeconds(seconds);
  }

  @Test
  void missingHeaderAsksForNoWait() {
    assertThat(RetryAfter.parse(null, NOW_MILLIS)).isZero();
  }
}
