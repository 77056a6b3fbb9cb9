package dev.logshipper.client.http;

import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/// The `Retry-After` header: seconds or a date (RFC 9110, 10.2.3). Stateless.
final class RetryAfter {
  private static final Duration WAIT_MAX = Duration.ofHours(1);

  private RetryAfter() {}

  /// The requested wait, from zero to an hour; zero when the header is missing or unusable.
  static Duration parse(@Nullable String header, long nowMillis) {
    if (header == null) {
      return Duration.ZERO;
    }
    Duration requested = seconds(header);
    if (requested == null) {
      Instant until = Headers.of("Retry-After", header).getInstant("Retry-After");
      Instant now = Instant.ofEpochMilli(nowMillis);
      requested = until == null ? Duration.ZERO : Duration.between(now, until);
    }
    if (requested.isNegative()) {
      return Duration.ZERO;
    }
    return requested.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : requested;
  }

  private static @Nullable Duration seconds(String text) {
    try {
      return Duration.ofSeconds(Long.parseLong(text));
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
