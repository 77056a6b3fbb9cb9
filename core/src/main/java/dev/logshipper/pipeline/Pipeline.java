package dev.logshipper.pipeline;

import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.time.Monitor;
import dev.logshipper.time.Scheduler;
import dev.logshipper.time.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// From accepted records to acknowledged batches. Records are accepted from any thread; one thread
/// per lane, named `log-shipper-dispatch-<mode>`, sends them; flushing and closing are the
/// lifecycle's.
///
/// Memory is bounded by the buffer: every record counts with its content and a fixed overhead until
/// its last lane is done with it.
public final class Pipeline {
  private static final Duration RETRY_WAIT_MAX = Duration.ofSeconds(30);

  /// What a sink gets to end an interrupted send, and its close.
  private static final Duration CLOSE_GRACE = Duration.ofMillis(50);

  private final RecordBuffer buffer;
  private final HighWaterMark highWaterMark;
  private final List<Dispatcher> dispatchers = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final Scheduler scheduler;

  /// @param lanes one for each sink
  /// @param bufferBytesMax bound of all records held
  /// @param batchIds gives an id that is unique over environments and time
  /// @param random uniform in [0, 1)
  /// @param scheduler runs the lanes, one thread each
  public Pipeline(
      List<LaneOptions> lanes,
      long bufferBytesMax,
      Overflow overflow,
      Supplier<String> batchIds,
      Diagnostics diagnostics,
      DoubleSupplier random,
      Scheduler scheduler) {
    this.scheduler = scheduler;
    List<LaneQueue> queues = new ArrayList<>();
    for (LaneOptions lane : lanes) {
      queues.add(new LaneQueue(lane));
    }
    LongSupplier nanoClock = scheduler.nanoClock();
    RecordStore store = new RecordStore(bufferBytesMax, overflow, batchIds, queues);
    Monitor monitor = scheduler.newMonitor();
    this.buffer = new RecordBuffer(store, monitor, nanoClock);
    this.highWaterMark = new HighWaterMark(store, monitor, nanoClock);
    for (int i = 0; i < lanes.size(); i++) {
      LaneOptions lane = lanes.get(i);
      RetryPolicy retryPolicy =
          new RetryPolicy(lane.firstRetryWait().toNanos(), RETRY_WAIT_MAX.toNanos(), random);
      dispatchers.add(
          new Dispatcher(queues.get(i), lane, buffer, retryPolicy, diagnostics, nanoClock));
    }
  }

  /// Starts the lanes, which open their sinks. Call it when nothing waits for this process any
  /// more: opening a sink loads its client library. Does nothing after [#warmUp].
  public void start() {
    if (tasks.isEmpty()) {
      start(new WarmUp(Duration.ZERO, dispatchers.size(), scheduler));
    }
  }

  /// Starts the lanes while a function waits for this process, and lets each sink rehearse a send,
  /// all of them side by side.
  ///
  /// @param longest how long to wait for them; with zero there is no rehearsal, and nothing starts
  public void warmUp(Duration longest) throws InterruptedException {
    if (longest.isPositive()) {
      WarmUp warmUp = new WarmUp(longest, dispatchers.size(), scheduler);
      start(warmUp);
      warmUp.await();
    }
  }

  private void start(WarmUp warmUp) {
    for (Dispatcher dispatcher : dispatchers) {
      tasks.add(scheduler.start(dispatcher.threadName(), () -> dispatcher.run(warmUp)));
    }
  }

  /// Takes records over; never blocks for longer than a moment. What does not fit is dropped by the
  /// overflow policy and counted.
  public void accept(List<LogRecord> records) {
    buffer.append(records);
  }

  /// Bytes of all records accepted so far.
  public long acceptedBytes() {
    return buffer.acceptedBytes();
  }

  /// Bytes of the records that are not yet at an end.
  public long heldBytes() {
    return buffer.heldBytes();
  }

  /// Waits until the buffer has room for a delivery, of which nothing has been accepted yet. What
  /// is accepted without asking is subject to the overflow policy.
  ///
  /// @param deliveryBytes its length as it came
  /// @return false when there was none in time, or the environment was frozen meanwhile
  public boolean awaitRoom(long deliveryBytes, Duration longest) throws InterruptedException {
    return highWaterMark.awaitRoom(deliveryBytes, longest);
  }

  /// Says that a flush will come, so that what waits already goes with it instead of before it.
  /// What the flush does not come for in time leaves when it is stale, counted from now.
  public void expectFlush() {
    buffer.expectFlush();
  }

  /// An invocation has begun. Lanes that ship by thresholds begin to send what is due.
  public void invocationStarted() {
    buffer.invocationStarted();
  }

  /// Waits for what lanes that ship by thresholds are sending since [#invocationStarted], but not
  /// for one whose destination is known to be unreachable.
  public void awaitDue(Deadline deadline) throws InterruptedException {
    buffer.awaitDue(deadline);
  }

  /// The end is near: lets every lane send what it holds now, without waiting for it, and lets
  /// nobody wait for room any more.
  public void demandFlush() {
    buffer.demandFlushOfAll();
    highWaterMark.lift();
  }

  /// Lets every lane, but for those that ship by thresholds, send what it holds now. Waits for it
  /// and for what the others have due, but not for a lane whose destination is known to be
  /// unreachable or asked to be left alone for longer.
  ///
  /// @return whether all that was to leave has come to an end
  public boolean flush(Deadline deadline) throws InterruptedException {
    return buffer.flush(deadline);
  }

  /// Nanoseconds that a send usually takes, as the destination's last answers show, in the slowest
  /// lane that [#flush] waits for; zero before the first answer. Empty when no such lane has a
  /// destination that is worth waiting for.
  public OptionalLong usualSendNanos() {
    return buffer.usualSendNanos();
  }

  /// Ends the pipeline: lanes send what they hold, whatever the state of their destination, until
  /// the deadline; then sends are interrupted.
  ///
  /// @return the final accounts
  public List<LaneLedger> close(Deadline deadline) throws InterruptedException {
    Deadline sendBy = deadline.minus(CLOSE_GRACE);
    buffer.close(sendBy);
    buffer.awaitEmpty(sendBy);
    if (sendBy.hasPassed()) {
      interruptAll();
    }
    Deadline grace = Deadline.after(CLOSE_GRACE, scheduler.nanoClock());
    for (Task task : tasks) {
      task.join(grace.remaining());
    }
    // A lane that has not ended by now, because its sink is still being opened or does not return,
    // begins nothing more: these accounts are final.
    buffer.close(Deadline.after(Duration.ZERO, scheduler.nanoClock()));
    interruptAll();
    return buffer.ledgers();
  }

  private void interruptAll() {
    for (Task task : tasks) {
      task.interrupt();
    }
  }

  /// The accounts so far.
  public List<LaneLedger> ledgers() {
    return buffer.ledgers();
  }
}
