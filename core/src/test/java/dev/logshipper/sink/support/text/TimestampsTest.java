package dev.logshipper.sink.support.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  private static final DateTimeFormatter ORACLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
  private static final long DAY = 86_400_000;

  @Test
  void everyDayFrom1899To2101IsWrittenAndReadAsJavaTimeDoes() {
    long from = Instant.parse("1899-01-01T00:00:00Z").toEpochMilli();
    long to = Instant.parse("2101-01-01T00:00:00Z").toEpochMilli();
    for (long millis = from; millis < to; millis += DAY) {
      assertAgreement(millis);
      assertAgreement(millis + DAY - 1);
    }
  }

  @Test
  void anyInstantOfTenThousandYearsIsWrittenAndReadAsJavaTimeDoes() {
    Random random = new Random(3);
    assertAgreement(FIRST);
    assertAgreement(LAST);
    for (int round = 0; round < 50_000; round++) {
      assertAgreement(random.nextLong(FIRST, LAST));
    }
  }

  private static void assertAgreement(long millis) {
    String text = ORACLE.format(Instant.ofEpochMilli(millis));
    if (!Timestamps.format(millis).equals(text)
        || Timestamps.parseMillis(text) != millis
        || !Timestamps.isCanonical(text)) {
      assertThat(Timestamps.format(millis)).isEqualTo(text);
      assertThat(Timestamps.parseMillis(text)).as(text).isEqualTo(millis);
      assertThat(Timestamps.isCanonical(text)).as(text).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29T12:00:00.000Z, 1709208000000",
    "2000-02-29T00:00:00.001Z, 951782400001",
    "1970-01-01T00:00:00.000Z, 0",
    "1969-12-31T23:59:59.999Z, -1"
  })
  void knownInstantsAreRead(String text, long millis) {
    assertThat(Timestamps.parseMillis(text)).isEqualTo(millis);
    assertThat(Timestamps.format(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T10:15:30Z, 1795256130000",
    "2026-11-21T10:15:30.1Z, 1795256130100",
    "2026-11-21T10:15:30.12Z, 1795256130120",
    "2026-11-21T10:15:30.123456789Z, 1795256130123",
    "2026-11-21T10:15:30.999999Z, 1795256130999"
  })
  void otherFractionsAreReadAndAreNotOurForm(String text, long millis) {
    assertThat(Timestamps.parseMillis(text)).isEqualTo(millis);
    assertThat(Timestamps.isCanonical(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "now",
        "2026-11-21",
        "2026-11-21T10:15:30.123",
        "2026-11-21T10:15:30.123+00:00",
        "2026-11-21T10:15:30.123z",
        "2026-11-21 10:15:30.123Z",
        "2026-11-21T10:15:30,123Z",
        "2026-11-21T10:15:30.12xZ",
        "2026/11/21T10:15:30.123Z",
        "+2026-11-21T10:15:30.123Z",
        "2026-1-021T10:15:30.123Z",
        "2026-00-21T10:15:30.123Z",
        "2026-13-21T10:15:30.123Z",
        "2026-11-00T10:15:30.123Z",
        "2026-11-32T10:15:30.123Z",
        "2026-11-21T24:15:30.123Z",
        "2026-11-21T10:60:30.123Z",
        "2026-11-21T10:15:61.123Z"
      })
  void whatIsNoUtcTimeIsZeroAndNotOurForm(String text) {
    assertThat(Timestamps.parseMillis(text)).isZero();
    assertThat(Timestamps.isCanonical(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T00:00:00.000Z",
        "2100-02-29T00:00:00.000Z",
        "2026-04-31T00:00:00.000Z",
        "2026-12-31T23:59:60.000Z"
      })
  void aDayOrSecondThatTheCalendarLacksIsNotOurForm(String text) {
    assertThat(Timestamps.isCanonical(text)).isFalse();
  }
}
