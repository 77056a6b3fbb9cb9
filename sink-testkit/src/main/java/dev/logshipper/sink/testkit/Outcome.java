package dev.logshipper.sink.testkit;

import dev.logshipper.sink.SendResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a send ended: with a result or with something thrown.
///
/// @param took how long it was under way
record Outcome(@Nullable SendResult result, @Nullable Throwable thrown, Duration took) {

  boolean isDelivered() {
    return result instanceof SendResult.Delivered;
  }

  /// Everything in it that a person may come to read.
  String words() {
    StringBuilder words = new StringBuilder();
    if (result != null) {
      words.append(result).append('\n');
    }
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      words.append(t).append('\n');
      for (Throwable suppressed : t.getSuppressed()) {
        words.append(suppressed).append('\n');
      }
    }
    return words.toString();
  }

  @Override
  public String toString() {
    return (result != null ? result : thrown) + " after " + took.toMillis() + " ms";
  }
}
