package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.TIME;
import static dev.logshipper.sink.loki.LokiFixture.TIME_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  private static final String LATER = "2026-11-21T10:15:30.124Z";
  private static final long NOW_MILLIS = 1_795_256_160_000L;

  @Test
  void recordsOfOneMillisecondGetANanosecondEachInTheirOrder() {
    Timestamps timestamps = beginningAt(0);

    assertThat(timestamps.take(at(TIME), 1)).isEqualTo(TIME_NANOS);
    assertThat(timestamps.take(at(TIME), 1)).isEqualTo(TIME_NANOS + 1);
    assertThat(timestamps.take(at(LATER), 3)).isEqualTo(TIME_NANOS + 1_000_002);
    assertThat(timestamps.take(at(LATER), 1)).isEqualTo(TIME_NANOS + 1_000_005);
  }

  @Test
  void recordThatComesLateKeepsItsTimeAndMeetsNoOther() {
    Timestamps timestamps = beginningAt(0);
    long first = timestamps.take(at(TIME), 1);
    timestamps.take(at(LATER), 1);

    assertThat(timestamps.take(at(TIME), 1)).isEqualTo(first + 2);
  }

  @Test
  void twoEnvironmentsBeginApart() {
    assertThat(beginningAt(1_000).take(at(TIME), 1))
        .isNotEqualTo(beginningAt(2_000).take(at(TIME), 1));
  }

  @Test
  void halfAMillionRecordsLetTheNextMillisecondBeginAnew() {
    Timestamps timestamps = beginningAt(499_999);
    timestamps.take(at(TIME), 1);

    assertThat(timestamps.take(at(TIME), 1)).isEqualTo(TIME_NANOS + 500_000);
    assertThat(timestamps.take(at(LATER), 1)).isEqualTo(TIME_NANOS + 1_000_000);
  }

  @Test
  void noRecordLeavesItsMillisecond() {
    Timestamps timestamps = beginningAt(0);
    timestamps.take(at(TIME), 999_999);

    assertThat(timestamps.take(at(TIME), 1)).isEqualTo(TIME_NANOS + 999_999);
    assertThat(timestamps.take(at(TIME), 2)).isEqualTo(TIME_NANOS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "1970-01-01T00:00:00.000Z", "2500-01-01T00:00:00.000Z"})
  void recordWithoutAUsableTimeGetsThatOfTheClock(String time) {
    assertThat(beginningAt(7).take(at(time), 1)).isEqualTo(NOW_MILLIS * 1_000_000 + 7);
  }

  private static Timestamps beginningAt(int offset) {
    return new Timestamps(() -> NOW_MILLIS, offset);
  }

  private static LogRecord at(String time) {
    return LogRecord.text(time, "function", null, new byte[0]);
  }
}
