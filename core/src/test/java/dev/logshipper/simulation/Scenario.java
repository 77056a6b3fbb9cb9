package dev.logshipper.simulation;

import dev.logshipper.lifecycle.FlushConfig;
import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.sink.SendResult.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The parameters of one run, all drawn from the seed.
///
/// @param epochNanos reading of the clock at the start, perhaps shortly before it overflows
/// @param backpressure whether deliveries may be rejected
/// @param resumed whether an earlier process has requested the first event
record Scenario(
    ScheduleProfile profile,
    long epochNanos,
    boolean resumed,
    Set<String> wantedTypes,
    List<Lane> lanes,
    long bufferBytesMax,
    Overflow overflow,
    boolean backpressure,
    FlushConfig flush,
    Platform platform) {
  private static final long MILLI = 1_000_000;

  /// @param opens whether the sink can be opened
  /// @param latencyNanosMax limit of the latency of a send
  /// @param faultPercent probability of a fault in a send before the destination is healthy
  /// @param requestedDelay delay that a throttling destination requests
  /// @param healthyFromNanos instant from which all sends succeed, except those of poison
  /// @param rejectGrace either none, or longer than a run
  /// @param poisonEvery one of how many records makes each send fail, always; 0 for none
  /// @param poisonCause the cause that such a failure has
  record Lane(
      String name,
      boolean opens,
      Set<String> unwanted,
      Batching batching,
      BatchLimits limits,
      Duration firstRetryWait,
      long latencyNanosMax,
      int faultPercent,
      List<Fault> faults,
      Duration requestedDelay,
      long healthyFromNanos,
      Duration rejectGrace,
      int poisonEvery,
      Cause poisonCause) {

    /// Whether each send with a record of this number fails.
    boolean isPoison(int number) {
      return poisonEvery > 0 && number % poisonEvery == poisonEvery / 2;
    }

    /// Whether some sends fail, others show that the destination works, and no record is the
    /// reason.
    boolean isFlaky() {
      return faultPercent > 0 && !(faultPercent == 100 && OUTAGES.containsAll(faults));
    }
  }

  /// Faults that are no sign of a working destination.
  private static final Set<Fault> OUTAGES =
      Set.of(
          Fault.RETRY,
          Fault.ERROR,
          Fault.RETRY_AFTER,
          Fault.NO_PROGRESS,
          Fault.IO_EXCEPTION,
          Fault.DEFECT);

  /// Faults of a send.
  enum Fault {
    RETRY,
    ERROR,
    RETRY_AFTER,
    PROGRESS,
    NO_PROGRESS,
    PARTIAL,
    IMPOSSIBLE,
    REJECTED,
    ENDPOINT_REJECTED,
    IO_EXCEPTION,
    DEFECT,
    HANG,
    IGNORES_INTERRUPTS
  }

  /// Ends of an environment.
  enum End {
    SPINDOWN,
    HEALED_THEN_SPINDOWN,
    TIMEOUT,
    KILL
  }

  /// @param lineBytesMax limit of a line that the function writes
  /// @param freezePercent probability of a freeze after an invocation
  /// @param lostResponsePercent probability that the response to a delivery is lost
  /// @param responseTimeoutNanos time that the platform waits for a response to a delivery
  /// @param unreportedPercent probability that the start, or the end, of an invocation is not
  ///   reported
  /// @param retryPercent probability that an invocation is a retry of the previous one; 0 where
  ///   reports are missing, because ends are then counted for the wrong attempt
  record Platform(
      int invocations,
      long functionNanosMax,
      long timeoutNanos,
      int linesMax,
      int lineBytesMax,
      int gapMillisMax,
      int freezePercent,
      int lostResponsePercent,
      long responseTimeoutNanos,
      int unreportedPercent,
      int retryPercent,
      int malformedPercent,
      int bufferedEventsMax,
      End end) {}

  static Scenario of(SeededRandom random) {
    List<Lane> lanes = new ArrayList<>();
    int count = random.oneOf(1, 1, 1, 2, 2, 3);
    Duration staleness = Duration.ofMillis(random.oneOf(50, 1_000, 1_000, 10_000));
    boolean steady = random.percent(15);
    long troubleMax = random.oneOf(1_000L, 10_000L, 300_000L) * MILLI;
    for (int i = 0; i < count; i++) {
      lanes.add(lane(random, i, staleness, troubleMax));
    }
    boolean starved = random.percent(15);
    ScheduleProfile profile =
        new ScheduleProfile(
            random.oneOf(0, 5, 50),
            starved ? random.oneOf(1, 10) : 0,
            random.oneOf(1, 30, 600) * MILLI,
            random.oneOf(0, 20, 100));
    FlushConfig flush =
        new FlushConfig(
            random.oneOf(FlushMode.values()),
            staleness,
            Duration.ofMillis(random.oneOf(200, 2_000, 2_000)),
            Duration.ofMillis(random.oneOf(250, 2_000)),
            Duration.ofMillis(random.oneOf(200, 2_025, 2_025)));
    return new Scenario(
        profile,
        random.percent(30) ? Long.MAX_VALUE - random.between(0, 60_000 * MILLI) : 1_000_000,
        random.percent(5),
        random.percent(15) ? Set.of("function") : Set.of("function", "platform"),
        List.copyOf(lanes),
        random.oneOf(2_000L, 10_000L, 100_000L, 20_000_000L),
        random.oneOf(Overflow.values()),
        random.percent(30),
        flush,
        platform(random, steady));
  }

  private static Lane lane(SeededRandom random, int number, Duration staleness, long troubleMax) {
    int bytesMax = random.oneOf(300, 2_000, 1 << 20);
    BatchLimits limits =
        new BatchLimits(
            random.oneOf(1, 3, 10, 1_000),
            bytesMax,
            random.percent(50) ? bytesMax : Math.min(bytesMax, 150),
            random.oneOf(0, 10));
    int triggerBytes = random.oneOf(100, 1_000, 1 << 19);
    Batching batching =
        random.percent(70)
            ? Batching.withEachFlush(triggerBytes, staleness)
            : new Batching(
                triggerBytes,
                triggerBytes * random.oneOf(1, 4),
                Duration.ofMillis(random.oneOf(200, 5_000, 60_000)),
                (int) random.between(1, 8));
    List<Fault> faults = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      if (random.percent(30)) {
        faults.add(fault);
      }
    }
    return new Lane(
        "lane" + number,
        !random.percent(4),
        random.percent(80) ? Set.of() : Set.of(random.oneOf("function", "platform")),
        batching,
        limits,
        Duration.ofMillis(random.oneOf(1, 100)),
        random.oneOf(0L, 1L, 30L, 30L, 400L, 3_000L) * MILLI,
        faults.isEmpty() ? 0 : random.oneOf(0, 20, 60, 100),
        List.copyOf(faults),
        Duration.ofMillis(random.oneOf(1, 700, 5_000)),
        random.between(0, troubleMax),
        random.oneOf(Duration.ZERO, Duration.ofDays(300)),
        random.oneOf(0, 0, 0, 3, 20, 100),
        random.oneOf(Cause.values()));
  }

  private static Platform platform(SeededRandom random, boolean steady) {
    int unreportedPercent = random.oneOf(0, 0, 0, 20, 100);
    int bufferedEventsMax = random.oneOf(5, 50, 1_000);
    boolean reportsAll = unreportedPercent == 0 && bufferedEventsMax == 1_000;
    return new Platform(
        steady ? (int) random.between(20, 40) : (int) random.between(0, 7),
        (steady ? random.oneOf(1L, 20L) : random.oneOf(1L, 30L, 900L, 5_000L)) * MILLI,
        random.oneOf(300L, 3_000L, 60_000L) * MILLI,
        random.oneOf(1, 5, 25),
        random.oneOf(40, 200, 1_000),
        steady ? 150 : random.oneOf(5, 500, 4_000),
        steady ? 0 : random.oneOf(0, 50, 100),
        random.oneOf(0, 0, 0, 10, 40),
        random.oneOf(1L, 100L, 5_000L) * MILLI,
        unreportedPercent,
        reportsAll ? random.oneOf(0, 0, 30) : 0,
        random.oneOf(0, 0, 3),
        bufferedEventsMax,
        random.oneOf(End.SPINDOWN, End.SPINDOWN, End.HEALED_THEN_SPINDOWN, End.TIMEOUT, End.KILL));
  }
}
