package dev.logshipper.sink;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What suits a sink's destination, or what the sink's own variables say, about matters that core
/// decides. Each is a wish: core's own variable for it, where a user has set one, goes first.
///
/// @param batchBytes bytes of records to aim at in one send; null: core's default
/// @param thresholds when batches leave; null: with each flush
/// @param platformTimeoutMillis how long the platform may collect records before it delivers them;
///   25 to 30,000; null: no wish; of several wishes the shortest counts
/// @param logTypes records that the destination is to get: `function`, `platform`, `extension`;
///   empty: no wish
public record Preferences(
    @Nullable Integer batchBytes,
    @Nullable Thresholds thresholds,
    @Nullable Integer platformTimeoutMillis,
    List<String> logTypes) {

  /// No wishes.
  public static final Preferences NONE = new Preferences(null, null, null, List.of());

  public Preferences {
    logTypes = List.copyOf(logTypes);
    mustBeWithin("batchBytes", batchBytes, 1, Integer.MAX_VALUE);
    mustBeWithin("platformTimeoutMillis", platformTimeoutMillis, 25, 30_000);
  }

  private static void mustBeWithin(String name, @Nullable Integer value, int min, int max) {
    if (value != null && (value < min || value > max)) {
      throw new IllegalArgumentException(name + " must be from " + min + " to " + max);
    }
  }

  /// For a destination where a request costs more than the wait: what has come together leaves when
  /// the first of these is reached, and no invocation is held for it.
  ///
  /// @param bytes of waiting records
  /// @param invocations since records last left
  /// @param staleness of the oldest waiting record
  public record Thresholds(int bytes, int invocations, Duration staleness) {
    public Thresholds {
      mustBeWithin("bytes", bytes, 1, Integer.MAX_VALUE);
      mustBeWithin("invocations", invocations, 1, Integer.MAX_VALUE);
    }
  }

  /// These with a number of bytes to aim at in one send.
  public Preferences withBatchBytes(int bytes) {
    return new Preferences(bytes, thresholds, platformTimeoutMillis, logTypes);
  }

  /// These with thresholds.
  public Preferences withThresholds(Thresholds reached) {
    return new Preferences(batchBytes, reached, platformTimeoutMillis, logTypes);
  }

  /// These with a time for which the platform may collect, if there is one.
  public Preferences withPlatformTimeoutMillis(Optional<Integer> millis) {
    return new Preferences(batchBytes, thresholds, millis.orElse(null), logTypes);
  }

  /// These with types of records.
  public Preferences withLogTypes(List<String> types) {
    return new Preferences(batchBytes, thresholds, platformTimeoutMillis, types);
  }
}
