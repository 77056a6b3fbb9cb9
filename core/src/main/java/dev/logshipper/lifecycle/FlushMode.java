package dev.logshipper.lifecycle;

import java.util.Locale;

/// When records leave, as the user may choose it in `PUSHER_FLUSH`.
public enum FlushMode {
  /// An invocation is held for its records only where the next one is not expected in time.
  AUTO,
  /// After the function has finished, before the environment may freeze.
  END,
  /// While the next invocation runs.
  NEXT_INVOKE,
  /// When enough bytes, invocations or milliseconds have come together.
  BATCH,
  /// Beside whatever runs, as records become stale; no invocation is ever held.
  BACKGROUND;

  /// The word for it in `PUSHER_FLUSH`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The mode of a word in `PUSHER_FLUSH`.
  ///
  /// @throws IllegalArgumentException when it is none
  public static FlushMode of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
