package dev.logshipper.sandbox.destination.loki;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/// Times as Loki prints them.
final class Timestamps {
  private static final DateTimeFormatter GO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS '+0000 UTC'")
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /// RFC 3339 without a fraction.
  static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String seconds(long nanos) {
    return seconds(instant(nanos));
  }

  /// As Go's `Time.String` does.
  static String exact(long nanos) {
    return GO.format(instant(nanos));
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}
