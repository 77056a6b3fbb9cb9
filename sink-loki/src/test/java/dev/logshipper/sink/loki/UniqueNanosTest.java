package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.TIME;
import static dev.logshipper.sink.loki.LokiFixture.TIME_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UniqueNanosTest {
  private static final String LATER = "2026-11-21T10:15:30.124Z";
  private static final long NOW_MILLIS = 1_795_256_160_000L;

  @Test
  void furtherAttemptOfABatchGetsTheSameTimes() {
    UniqueNanos nanos = startingAt(0);
    Batch first = LokiFixture.batch("b-1", "x");
    nanos.begin(first);
    long before = nanos.reserve(at(TIME), 1);

    nanos.begin(first);
    assertThat(nanos.reserve(at(TIME), 1)).isEqualTo(before);
    nanos.begin(LokiFixture.batch("b-2", "x"));
    assertThat(nanos.reserve(at(TIME), 1)).isEqualTo(before + 1);
  }

  @Test
  void remainderOfABatchContinuesWithItsTimes() {
    UniqueNanos nanos = startingAt(0);
    Batch batch = LokiFixture.batch("b-1", "x", "y");
    nanos.begin(batch);
    nanos.reserve(at(TIME), 1);
    long second = nanos.reserve(at(TIME), 1);

    nanos.begin(batch);
    nanos.reserve(at(TIME), 1);
    nanos.begin(batch.remainder(List.of(1)));
    assertThat(nanos.reserve(at(TIME), 1)).isEqualTo(second);
  }

  @Test
  void recordsOfOneMillisecondGetANanosecondEachInTheirOrder() {
    UniqueNanos nanos = startingAt(0);

    assertThat(nanos.reserve(at(TIME), 1)).isEqualTo(TIME_NANOS);
    assertThat(nanos.reserve(at(TIME), 1)).isEqualTo(TIME_NANOS + 1);
    assertThat(nanos.reserve(at(LATER), 3)).isEqualTo(TIME_NANOS + 1_000_002);
    assertThat(nanos.reserve(at(LATER), 1)).isEqualTo(TIME_NANOS + 1_000_005);
  }

  @Test
  void lateRecordKeepsItsMillisecondAndCollidesWithNoOther() {
    UniqueNanos nanos = startingAt(0);
    long first = nanos.reserve(at(TIME), 1);
    nanos.reserve(at(LATER), 1);

    assertThat(nanos.reserve(at(TIME), 1)).isEqualTo(first + 2);
  }

  @Test
  void twoEnvironmentsStartAtDifferentNanoseconds() {
    assertThat(startingAt(1_000).reserve(at(TIME), 1))
        .isNotEqualTo(startingAt(2_000).reserve(at(TIME), 1));
  }

  @Test
  void nextMillisecondStartsOverAfterHalfAMillionRecords() {
    UniqueNanos nanos = startingAt(499_999);
    nanos.reserve(at(TIME), 1);

    assertThat(nanos.reserve(at(TIME), 1)).isEqualTo(TIME_NANOS + 500_000);
    assertThat(nanos.reserve(at(LATER), 1)).isEqualTo(TIME_NANOS + 1_000_000);
  }

  @Test
  void recordStaysWithinItsMillisecond() {
    UniqueNanos nanos = startingAt(0);
    nanos.reserve(at(TIME), 999_999);

    assertThat(nanos.reserve(at(TIME), 1)).isEqualTo(TIME_NANOS + 999_999);
    assertThat(nanos.reserve(at(TIME), 2)).isEqualTo(TIME_NANOS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "1970-01-01T00:00:00.000Z", "2500-01-01T00:00:00.000Z"})
  void recordWithoutAUsableTimeGetsTheTimeOfTheClock(String time) {
    assertThat(startingAt(7).reserve(at(time), 1)).isEqualTo(NOW_MILLIS * 1_000_000 + 7);
  }

  private static UniqueNanos startingAt(int offset) {
    UniqueNanos nanos = new UniqueNanos(() -> NOW_MILLIS, offset);
    nanos.begin(LokiFixture.batch("b-0", "x"));
    return nanos;
  }

  private static LogRecord at(String time) {
    return LogRecord.text(time, "function", null, new byte[0]);
  }
}
