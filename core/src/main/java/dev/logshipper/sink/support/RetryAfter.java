package dev.logshipper.sink.support;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// The `Retry-After` header: seconds or a date (RFC 9110, 10.2.3). Core limits the wait. Stateless.
public final class RetryAfter {
  /// More are no wait, but a mistake.
  private static final int DIGITS_MAX = 9;

  private RetryAfter() {}

  /// The requested wait; zero when the header is missing or unusable, or the date is past.
  ///
  /// @param nowMillis wall clock
  public static Duration parse(@Nullable String header, long nowMillis) {
    String text = header == null ? "" : header.strip();
    if (text.isEmpty()) {
      return Duration.ZERO;
    }
    int dot = text.indexOf('.');
    if (dot > 0 && isNumber(text.substring(0, dot)) && isNumber(text.substring(dot + 1))) {
      // Some servers send fractions, which are no valid value.
      return seconds(text.substring(0, dot)).plusSeconds(1);
    }
    Duration wait = isNumber(text) ? seconds(text) : until(text, Instant.ofEpochMilli(nowMillis));
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static Duration seconds(String digits) {
    return digits.length() > DIGITS_MAX
        ? Duration.ZERO
        : Duration.ofSeconds(Long.parseLong(digits));
  }

  private static Duration until(String date, Instant now) {
    try {
      return Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeException _) {
      return Duration.ZERO;
    }
  }
}
