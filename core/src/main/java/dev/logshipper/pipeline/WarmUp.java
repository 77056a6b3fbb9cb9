package dev.logshipper.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.time.Monitor;
import dev.logshipper.time.Scheduler;
import java.time.Duration;
import java.util.List;

/// The time for sinks to prepare their first send before there is anything to send. Thread-safe.
final class WarmUp {
  private final Monitor monitor;
  private final Deadline deadline;
  private int lanes;

  /// @param longest zero for no warm-up
  /// @param lanes number of lanes to wait for
  WarmUp(Duration longest, int lanes, Scheduler scheduler) {
    this.monitor = scheduler.newMonitor();
    this.deadline = Deadline.after(longest, scheduler.nanoClock());
    this.lanes = lanes;
  }

  /// Warms a sink up while there is time.
  void warmUp(OpenSink sink) throws InterruptedException {
    if (!deadline.hasPassed()) {
      sink.warmUp(batch(), deadline);
    }
  }

  private static Batch batch() {
    LogRecord record =
        LogRecord.text("1970-01-01T00:00:00.000Z", "function", null, "warm-up".getBytes(UTF_8));
    return new Batch("warm-up", List.of(record));
  }

  /// A lane is warm, or never will be.
  void ended() {
    monitor.lock();
    try {
      lanes--;
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }

  /// Waits until all lanes are warm, or the time is over.
  void await() throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      while (lanes > 0 && !deadline.hasPassed()) {
        long _ = monitor.awaitNanos(deadline.remainingNanos());
      }
    } finally {
      monitor.unlock();
    }
  }
}
