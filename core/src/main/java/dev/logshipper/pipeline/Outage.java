package dev.logshipper.pipeline;

import dev.logshipper.sink.Diagnostics;
import java.time.Duration;

/// A time in which a lane delivers nothing, as the log reports it: one line for each kind of
/// failure, and one when it has ended.
final class Outage {
  private static final long SECOND_NANOS = 1_000_000_000;

  /// A shorter wait than this is not reported by itself.
  private static final Duration LONG_WAIT = Duration.ofSeconds(10);

  private final String lane;
  private final Diagnostics diagnostics;
  private final long sinceNanos;
  private final long deliveredBefore;
  private final long droppedBefore;
  private String reported = "";

  /// @param sinceNanos the end of the first attempt that failed
  /// @param before the lane's ledger then
  Outage(String lane, Diagnostics diagnostics, long sinceNanos, LaneLedger before) {
    this.lane = lane;
    this.diagnostics = diagnostics;
    this.sinceNanos = sinceNanos;
    this.deliveredBefore = before.delivered();
    this.droppedBefore = before.droppedTotal();
  }

  /// The sink needs something that is unavailable.
  void notReady(String reason) {
    report("cannot be opened yet", reason, "buffering, retrying every few seconds");
  }

  /// Nothing could be sent.
  void notSent(String reason) {
    report("cannot send", reason, "buffering, retrying every few seconds");
  }

  /// No response.
  void unreachable(String reason) {
    report("destination unreachable", reason, "buffering, retrying every few seconds");
  }

  /// The destination failed with several attempts.
  void failing(String reason) {
    report("destination fails", reason, "buffering, retrying every few seconds");
  }

  /// The destination throttles, or is unavailable.
  void busy(String reason) {
    report("destination busy", reason, "buffering, retrying every few seconds");
  }

  /// The destination asked for a wait.
  ///
  /// @param backoffNanos until the next attempt
  /// @param often whether several attempts failed
  void busy(String reason, Duration asked, long backoffNanos, boolean often) {
    if (often || asked.compareTo(LONG_WAIT) >= 0) {
      report(
          "destination busy",
          reason + ", asks to wait " + asked.toSeconds() + " s",
          "buffering, next attempt in " + seconds(backoffNanos));
    }
  }

  /// The endpoint rejects, and the records are kept for some time.
  void rejecting(String reason, Duration grace) {
    report("endpoint rejects", reason, "buffering, retrying for " + grace.toSeconds() + " s");
  }

  /// The endpoint still rejects after that time.
  ///
  /// @param records of the first batch that is dropped
  void rejected(String reason, int records, long nowNanos) {
    report(
        "endpoint still rejects after " + seconds(nowNanos - sinceNanos),
        reason,
        records + " records dropped, and all others until it accepts some");
  }

  private void report(String failure, String reason, String effect) {
    if (!failure.equals(reported)) {
      reported = failure;
      diagnostics.warn(lane + ": " + failure + " (" + reason + "); " + effect);
    }
  }

  /// The destination accepts records.
  ///
  /// @param now the lane's ledger
  void ended(LaneLedger now, long nowNanos) {
    if (!reported.isEmpty()) {
      diagnostics.info(
          lane
              + ": recovered after "
              + seconds(nowNanos - sinceNanos)
              + ": "
              + (now.delivered() - deliveredBefore)
              + " records sent, "
              + now.undelivered()
              + " waiting, "
              + (now.droppedTotal() - droppedBefore)
              + " records dropped");
    }
  }

  private static String seconds(long nanos) {
    return (nanos + SECOND_NANOS / 2) / SECOND_NANOS + " s";
  }
}
