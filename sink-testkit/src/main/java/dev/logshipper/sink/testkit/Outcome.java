package dev.logshipper.sink.testkit;

import dev.logshipper.sink.SendResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The outcome of a send: a result or an exception.
///
/// @param took duration of the send
record Outcome(@Nullable SendResult result, @Nullable Throwable thrown, Duration took) {

  boolean isDelivered() {
    return result instanceof SendResult.Delivered;
  }

  /// Returns everything in it that core may log.
  String text() {
    StringBuilder text = new StringBuilder();
    if (result != null) {
      text.append(result).append('\n');
    }
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      text.append(t).append('\n');
      for (Throwable suppressed : t.getSuppressed()) {
        text.append(suppressed).append('\n');
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return (result != null ? result : thrown) + " after " + took.toMillis() + " ms";
  }
}
