package dev.logshipper.client.http;

import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/// What a `Retry-After` header asks for: seconds or a date (RFC 9110, 10.2.3). Stateless.
final class RetryAfter {
  private static final Duration WAIT_MAX = Duration.ofHours(1);

  private RetryAfter() {}

  /// The wait it asks for, from zero to an hour; zero when it says nothing usable.
  static Duration parse(@Nullable String header, long nowMillis) {
    if (header == null) {
      return Duration.ZERO;
    }
    Duration asked = seconds(header);
    if (asked == null) {
      Instant until = Headers.of("Retry-After", header).getInstant("Retry-After");
      Instant now = Instant.ofEpochMilli(nowMillis);
      asked = until == null ? Duration.ZERO : Duration.between(now, until);
    }
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : asked;
  }

  private static @Nullable Duration seconds(String text) {
    try {
      return Duration.ofSeconds(Long.parseLong(text));
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
