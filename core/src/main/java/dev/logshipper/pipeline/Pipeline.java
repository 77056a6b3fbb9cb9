package dev.logshipper.pipeline;

import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// From accepted records to acknowledged batches. Records are accepted from any thread; one thread
/// per lane, named `log-shipper-dispatch-<mode>`, sends them; the lifecycle flushes and closes.
///
/// Memory is bounded by the buffer: every record counts with its content and a fixed overhead until
/// its last lane has finished with it.
public final class Pipeline {
  /// Time for a sink to end an interrupted send, and to close.
  private static final Duration CLOSE_GRACE = Duration.ofMillis(50);

  /// Time to write the spool.
  private static final Duration SPOOL_TIME = Duration.ofMillis(150);

  private final RecordBuffer buffer;
  private final MemoryBound memory;
  private final LaneGroups lanes;
  private final List<LaneInlet> inlets = new ArrayList<>();
  private final LaneThreads threads = new LaneThreads();
  private final FlushWait flushWait;
  private final List<SpooledLane> spooledLanes = new ArrayList<>(0);
  private final Supplier<String> batchIds;
  private final Diagnostics diagnostics;
  private final Scheduler scheduler;
  private final LongSupplier nanoClock;
  private @Nullable Spool spool;
  private @Nullable LongSupplier epochMillis;

  /// @param configs one for each sink
  /// @param bufferBytesMax limit of all buffered records
  /// @param batchIds returns an id that is unique across environments and time
  /// @param random uniform in [0, 1)
  /// @param scheduler runs the lanes, one thread each
  public Pipeline(
      List<LaneConfig> configs,
      long bufferBytesMax,
      Overflow overflow,
      Supplier<String> batchIds,
      Diagnostics diagnostics,
      DoubleSupplier random,
      Scheduler scheduler) {
    this.batchIds = batchIds;
    this.diagnostics = diagnostics;
    this.scheduler = scheduler;
    this.nanoClock = scheduler.nanoClock();
    this.memory = new MemoryBound(bufferBytesMax);
    this.lanes = new LaneGroups(configs, memory, random);
    this.buffer = new RecordBuffer(lanes.all, memory, overflow, scheduler.newMonitor(), nanoClock);
    this.flushWait = new FlushWait(buffer, threads, nanoClock);
    for (Lane lane : lanes.all) {
      if (!lane.isOpen() && !lane.config.chain().isStandby()) {
        inlets.add(new LaneInlet(lane, buffer));
      }
    }
  }

  /// Which record to drop when the buffer is full.
  public enum Overflow {
    /// The oldest one that is not in flight.
    DROP_OLDEST,
    /// The one that has just arrived.
    DROP_NEWEST
  }

  /// Reports on the pipeline by records in its batches. Call it before [#start].
  ///
  /// @param interval between two records of a lane
  public void reportHealth(HealthFormat format, Duration interval) {
    HealthFeed feed = new HealthFeed(lanes.all, buffer, memory, format, interval, nanoClock);
    buffer.change(() -> flushWait.health = feed);
  }

  /// Ships lines of the extension itself with other records. Call it before the start.
  ///
  /// @param lines a list that grows
  /// @param clock wall clock
  public void shipOwnLines(List<LogRecord> lines, LongSupplier clock) {
    buffer.change(() -> {
      for (Lane lane : lanes.all) {
        lane.ownLines = lines;
      }
    });
    epochMillis = clock;
  }

  /// Keeps undelivered records in a spool. Call it before the start.
  public void spoolTo(Spool folder) {
    spool = folder;
  }

  /// Starts the lanes, which open their sinks. Call it when nothing waits for this process any
  /// more: opening a sink loads its client library. Does nothing after [#warmUp].
  public void start() {
    if (threads.isEmpty()) {
      start(Deadline.after(Duration.ZERO, nanoClock));
    }
  }

  /// Starts the lanes while a function waits for this process, and warms all sinks up concurrently.
  ///
  /// @param longest time to wait for them; zero for no warm-up, then nothing starts
  public void warmUp(Duration longest) throws InterruptedException {
    if (longest.isPositive()) {
      Deadline deadline = Deadline.after(longest, nanoClock);
      start(deadline);
      buffer.await(lanes::areWarm, deadline);
    }
  }

  private void start(Deadline warmUpBy) {
    for (Lane lane : lanes.all) {
      SpooledLane spooled = null;
      if (spool != null && lane.config.opener() != null) {
        spooled = new SpooledLane(lane, spool.lane(lane.config.name()), buffer, batchIds);
        spooledLanes.add(spooled);
      }
      LaneSender sender = new LaneSender(lane, buffer, batchIds, diagnostics, nanoClock, spooled);
      String thread = "log-shipper-dispatch-" + lane.config.name();
      threads.add(lane, scheduler.start(thread, () -> sender.run(warmUpBy)));
    }
  }

  /// Accepts records; never blocks for longer than an instant. Records that do not fit are dropped
  /// by the overflow policy and counted.
  public void accept(List<LogRecord> records) {
    buffer.append(records);
    for (LaneInlet inlet : inlets) {
      inlet.accept(records);
    }
  }

  /// Waits until the buffer has room for a delivery of which nothing has been accepted yet. Records
  /// accepted without asking are subject to the overflow policy.
  ///
  /// @param deliveryBytes length of its body
  /// @return false when there was no room in time, or the environment was frozen meanwhile
  public boolean awaitRoom(long deliveryBytes, Duration longest) throws InterruptedException {
    return buffer.awaitRoom(deliveryBytes, longest);
  }

  /// Content bytes of all records accepted so far.
  public long acceptedBytes() {
    return buffer.read(buffer::acceptedBytes);
  }

  /// Bytes of the records that are neither delivered nor dropped.
  public long heldBytes() {
    return buffer.read(memory::bytes);
  }

  /// Announces a flush, so that waiting records are sent with it instead of before it. Records that
  /// it does not cover in time are sent at their maximum age, counted from now.
  public void expectFlush() {
    buffer.change(() -> {
      for (Lane lane : lanes.flushed) {
        lane.trigger.restartAges(nanoClock.getAsLong());
      }
    });
  }

  /// An invocation has started. Lanes with thresholds begin to send what is due.
  public void invocationStarted() {
    buffer.change(() -> {
      for (Lane lane : lanes.withThresholds) {
        lane.trigger.invocationStarted(buffer.lastSequence(), nanoClock.getAsLong());
      }
    });
  }

  /// Waits for the sends that lanes with thresholds began at [#invocationStarted], except those to
  /// a destination that is known to be unreachable.
  public void awaitScheduledSends(Deadline deadline) throws InterruptedException {
    boolean _ = flushWait.await(lanes.scheduled, deadline);
  }

  /// Requests that every lane sends all its records now, without waiting for it, and ends
  /// backpressure: the shutdown is near.
  public void requestFlush() {
    buffer.change(() -> {
      buffer.requestFlush();
      buffer.liftBackpressure();
    });
  }

  /// Lets every lane without thresholds send all its records now. Waits for them and for the
  /// scheduled sends of the others, but not for a lane whose destination is known to be unreachable
  /// or asked for a longer backoff.
  ///
  /// @return whether all those records are delivered or dropped
  public boolean flush(Deadline deadline) throws InterruptedException {
    buffer.change(() -> {
      for (Lane lane : lanes.flushed) {
        lane.trigger.request(buffer.lastSequence());
      }
    });
    return flushWait.await(lanes.all, deadline);
  }

  /// Typical duration of a send in the slowest lane that [#flush] waits for, zero before the first
  /// send; empty when no such lane has a reachable destination.
  public OptionalLong typicalSendNanos() {
    return buffer.read(lanes::typicalSendNanos);
  }

  /// Whether a send has succeeded.
  public boolean hasSent() {
    return buffer.read(lanes::haveSent);
  }

  /// Ends the pipeline: lanes send their records, whatever the state of their destination, until
  /// the deadline; then sends are interrupted.
  ///
  /// @return the final ledgers
  public List<LaneLedger> close(Deadline deadline) throws InterruptedException {
    for (LaneInlet inlet : inlets) {
      inlet.close();
    }
    Deadline sendBy = deadline.minus(spool == null ? CLOSE_GRACE : CLOSE_GRACE.plus(SPOOL_TIME));
    buffer.change(() -> {
      HealthFeed health = flushWait.health;
      if (health != null) {
        health.close();
      }
      appendOwnLines();
      buffer.close(sendBy);
    });
    awaitFinished(sendBy);
    if (sendBy.hasPassed()) {
      threads.interruptAll();
    }
    Deadline grace = Deadline.after(CLOSE_GRACE, nanoClock);
    threads.join(grace);
    // A lane that has not ended by now, because its sink is still being opened or does not return,
    // starts nothing more: these ledgers are final.
    Deadline passed = Deadline.after(Duration.ZERO, nanoClock);
    buffer.change(() -> buffer.close(passed));
    threads.interruptAll();
    for (SpooledLane spooled : spooledLanes) {
      spooled.close();
    }
    return ledgers();
  }

  private void appendOwnLines() {
    for (Lane lane : lanes.all) {
      if (epochMillis != null && lane.ownLines != null && lane.hasOwnLines()) {
        OwnLines.close(lane.ownLines, lanes.all, buffer, memory, epochMillis.getAsLong());
        return;
      }
    }
  }

  /// Waits until no lane has anything more to try, and abandons attempts that hang meanwhile.
  private void awaitFinished(Deadline sendBy) throws InterruptedException {
    long since = nanoClock.getAsLong();
    boolean finished = false;
    while (!finished && !sendBy.hasPassed()) {
      long nanos =
          buffer.read(
              () -> threads.abandonHung(since, sendBy.remainingNanos(), nanoClock.getAsLong()));
      buffer.await(buffer::isFinished, sendBy.atMost(Duration.ofNanos(nanos)));
      finished = buffer.read(buffer::isFinished);
    }
  }

  /// The ledgers so far.
  public List<LaneLedger> ledgers() {
    return buffer.read(() -> {
      List<LaneLedger> ledgers = new ArrayList<>();
      for (Lane lane : lanes.all) {
        ledgers.add(lane.ledger());
      }
      return ledgers;
    });
  }
}
