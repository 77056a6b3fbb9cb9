package dev.logshipper.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The severity of a line, as the line itself states it; see [LogRecord#severity]. Ascending, so
/// that severities compare.
public enum Severity {
  TRACE(1),
  DEBUG(2),
  /// Includes *notice* and *success*.
  INFO(3),
  WARN(4),
  /// Includes *severe*.
  ERROR(5),
  /// Includes *critical*, *alert*, *emergency* and *panic*.
  FATAL(6);

  private final int code;

  /// Made once, as levels are read of each line.
  private final Optional<Severity> present = Optional.of(this);

  Severity(int code) {
    this.code = code;
  }

  /// The severity with a name as loggers write it: `warning`, `CRITICAL`, `err`. In any case, so
  /// that `verbose` is the lowest, although Winston writes it for a level above debug.
  ///
  /// @return null for any other text
  public static @Nullable Severity named(String name) {
    byte[] upper = name.strip().toUpperCase(Locale.ROOT).getBytes(US_ASCII);
    return LevelNames.severity(LevelNames.find(upper, 0, upper.length));
  }

  /// A severity that may be missing.
  static Optional<Severity> optional(@Nullable Severity severity) {
    return severity == null ? Optional.empty() : severity.present;
  }

  /// From 1 on.
  int code() {
    return code;
  }
}
