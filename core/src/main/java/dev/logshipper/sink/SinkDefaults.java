package dev.logshipper.sink;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Defaults that a sink brings for settings of core, because they suit its destination or because
/// the user set a variable of the sink's own. Core's variable takes precedence where the user set
/// it. A component that is null, or empty, leaves core's default.
///
/// @param batchBytes target size of a batch, for `PUSHER_BATCH_BYTES`
/// @param thresholds when batches are sent; null: with each flush
/// @param flushMode for `PUSHER_FLUSH`
/// @param retryInterval initial backoff, for `PUSHER_RETRY_INTERVAL_MS`
/// @param bufferBytes size of the buffer, for `PUSHER_BUFFER_MB`
/// @param platformMaxItems events that the platform buffers before it delivers them
/// @param platformMaxBytes bytes that the platform buffers before it delivers them
/// @param platformTimeout time for which the platform buffers events, 25 ms to 30 s
/// @param logTypes categories of records to send: `function`, `platform`, `extension`
/// @param logLevel for `PUSHER_LOG_LEVEL`
public record SinkDefaults(
    @Nullable Integer batchBytes,
    @Nullable Thresholds thresholds,
    @Nullable FlushMode flushMode,
    @Nullable Duration retryInterval,
    @Nullable Long bufferBytes,
    @Nullable Integer platformMaxItems,
    @Nullable Integer platformMaxBytes,
    @Nullable Duration platformTimeout,
    List<String> logTypes,
    @Nullable Level logLevel) {

  /// Core's defaults for everything.
  public static final SinkDefaults NONE =
      new SinkDefaults(null, null, null, null, null, null, null, null, List.of(), null);

  private static final Duration PLATFORM_TIMEOUT_MIN = Duration.ofMillis(25);
  private static final Duration PLATFORM_TIMEOUT_MAX = Duration.ofSeconds(30);

  public SinkDefaults {
    logTypes = List.copyOf(logTypes);
    mustBePositive("batchBytes", batchBytes);
    mustBePositive("bufferBytes", bufferBytes);
    mustBePositive("platformMaxItems", platformMaxItems);
    mustBePositive("platformMaxBytes", platformMaxBytes);
    if (retryInterval != null && retryInterval.isNegative()) {
      throw new IllegalArgumentException("retryInterval must not be negative");
    }
    if (platformTimeout != null
        && (platformTimeout.compareTo(PLATFORM_TIMEOUT_MIN) < 0
            || platformTimeout.compareTo(PLATFORM_TIMEOUT_MAX) > 0)) {
      throw new IllegalArgumentException("platformTimeout must be from 25 ms to 30 s");
    }
  }

  private static void mustBePositive(String name, @Nullable Number value) {
    if (value != null && value.longValue() < 1) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }

  /// Thresholds for a destination where requests cost more than latency: a batch is sent when the
  /// first of them is reached, and no invocation is delayed for it.
  ///
  /// @param bytes of buffered records
  /// @param invocations since the last batch
  /// @param staleness age of the oldest buffered record
  public record Thresholds(int bytes, int invocations, Duration staleness) {
    public Thresholds {
      mustBePositive("bytes", bytes);
      mustBePositive("invocations", invocations);
    }
  }

  /// Starts with core's defaults for everything.
  public static Builder builder() {
    return new Builder();
  }

  /// Sets components of [SinkDefaults]; null, or an empty list, leaves core's default. Not
  /// thread-safe.
  public static final class Builder {
    private @Nullable Integer batchBytes;
    private @Nullable Thresholds thresholds;
    private @Nullable FlushMode flushMode;
    private @Nullable Duration retryInterval;
    private @Nullable Long bufferBytes;
    private @Nullable Integer platformMaxItems;
    private @Nullable Integer platformMaxBytes;
    private @Nullable Duration platformTimeout;
    private List<String> logTypes = List.of();
    private @Nullable Level logLevel;

    private Builder() {}

    /// Sets the target size of a batch.
    public Builder batchBytes(@Nullable Integer value) {
      batchBytes = value;
      return this;
    }

    /// Sets when batches are sent.
    public Builder thresholds(@Nullable Thresholds value) {
      thresholds = value;
      return this;
    }

    /// Sets when buffered records are flushed.
    public Builder flushMode(@Nullable FlushMode value) {
      flushMode = value;
      return this;
    }

    /// Sets the initial backoff.
    public Builder retryInterval(@Nullable Duration value) {
      retryInterval = value;
      return this;
    }

    /// Sets the size of the buffer.
    public Builder bufferBytes(@Nullable Long value) {
      bufferBytes = value;
      return this;
    }

    /// Sets how many events the platform buffers.
    public Builder platformMaxItems(@Nullable Integer value) {
      platformMaxItems = value;
      return this;
    }

    /// Sets how many bytes the platform buffers.
    public Builder platformMaxBytes(@Nullable Integer value) {
      platformMaxBytes = value;
      return this;
    }

    /// Sets for how long the platform buffers.
    public Builder platformTimeout(@Nullable Duration value) {
      platformTimeout = value;
      return this;
    }

    /// Sets the categories of records to send.
    public Builder logTypes(List<String> value) {
      logTypes = value;
      return this;
    }

    /// Sets the extension's log level.
    public Builder logLevel(@Nullable Level value) {
      logLevel = value;
      return this;
    }

    /// The defaults, checked.
    ///
    /// @throws IllegalArgumentException when a component is out of range
    public SinkDefaults build() {
      return new SinkDefaults(
          batchBytes,
          thresholds,
          flushMode,
          retryInterval,
          bufferBytes,
          platformMaxItems,
          platformMaxBytes,
          platformTimeout,
          logTypes,
          logLevel);
    }
  }
}
