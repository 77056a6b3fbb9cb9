package dev.logshipper.pipeline;

import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Prints each attempt of a lane and its consequence, with `PUSHER_LOG_LEVEL=debug`. Not loaded
/// otherwise. Confined to the lane's thread.
final class AttemptTrace {
  private static final long MILLI_NANOS = 1_000_000;

  private final Lane lane;
  private final RecordBuffer buffer;
  private final Diagnostics diagnostics;
  private final LongSupplier nanoClock;
  private boolean wasOpen;

  AttemptTrace(Lane lane, RecordBuffer buffer, Diagnostics diagnostics, LongSupplier nanoClock) {
    this.lane = lane;
    this.buffer = buffer;
    this.diagnostics = diagnostics;
    this.nanoClock = nanoClock;
  }

  /// An attempt has ended; its result is not accounted for yet.
  ///
  /// @param result null when it was abandoned
  void attempted(InFlight batch, @Nullable SendResult result, long nanos) {
    print(
        "batch "
            + batch.batch.id()
            + (batch.isRetry ? " (retry): " : ": ")
            + batch.batch.records().size()
            + " records, "
            + batch.batch.contentBytes()
            + " bytes: "
            + outcome(result)
            + ", "
            + nanos / MILLI_NANOS
            + " ms");
  }

  private static String outcome(@Nullable SendResult result) {
    return switch (result) {
      case null -> "abandoned without a result";
      case SendResult.Delivered _ -> "delivered";
      case SendResult.Progress progress -> "the first " + progress.delivered() + " delivered";
      case SendResult.Partial partial ->
          partial.retry().size()
              + " to be sent again, "
              + partial.rejected().size()
              + " rejected ("
              + partial.reason()
              + ")";
      case SendResult.Retry retry -> "failed, " + word(retry.cause()) + " (" + retry.reason() + ")";
      case SendResult.Rejected rejected ->
          "rejected, scope " + word(rejected.scope()) + " (" + rejected.reason() + ")";
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// The result of the attempt is accounted for.
  void settled() {
    boolean isOpen = buffer.read(lane.backoff::isOpen);
    long backoff = buffer.read(() -> lane.backoff.nanosLeft(nanoClock.getAsLong()));
    if (isOpen != wasOpen) {
      wasOpen = isOpen;
      print(
          isOpen
              ? "circuit breaker open: no invocation waits for this sink"
              : "circuit breaker closed");
    }
    if (backoff > 0) {
      print("next attempt in " + backoff / MILLI_NANOS + " ms");
    }
  }

  private void print(String line) {
    diagnostics.debug(lane.config.name() + ": " + line);
  }
}
