package dev.logshipper.lifecycle;

import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.platform.ExtensionsApi;
import dev.logshipper.platform.InvocationTracker;
import dev.logshipper.platform.RestartState;
import dev.logshipper.platform.StatePipe;
import dev.logshipper.platform.StatePipeRecorder;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakePlatform;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.Wait;
import dev.logshipper.time.SystemMonitor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;

/// A lifecycle on a thread of its own, between a scripted platform and a fake destination.
final class LifecycleHarness implements Lifecycle.TelemetryStream, AutoCloseable {
  final FakePlatform platform = new FakePlatform();
  final FakeSink sink = new FakeSink();
  final InvocationTracker progress = new InvocationTracker(new SystemMonitor());
  final StatePipeRecorder statePipe = new StatePipeRecorder();
  final List<String> arns = new CopyOnWriteArrayList<>();
  final CapturedOutput said = new CapturedOutput();
  final Pipeline pipeline;
  HeapTrimmer heapTrimmer = new HeapTrimmer(() -> 0, () -> {});
  boolean delivering = true;
  Runnable lastDelivery = () -> {};
  LongSupplier epochMillisClock = System::currentTimeMillis;
  LongSupplier nanoClock = System::nanoTime;
  Duration firstHoldMax = Duration.ofSeconds(10);
  Duration startEventTimeout = Duration.ofSeconds(15);

  private final BlockingQueue<Object> end = new LinkedBlockingQueue<>();

  LifecycleHarness() throws IOException {
    this.pipeline = Pipelines.of(said, Pipelines.lane("fake", sink));
  }

  LifecycleHarness(Batching batching) throws IOException {
    this.pipeline = Pipelines.of(said, Pipelines.lane("fake", () -> sink, batching));
  }

  LifecycleHarness(LaneConfig lane) throws IOException {
    this.pipeline = Pipelines.of(said, lane);
  }

  /// Registers and runs; the first `/next` has been requested when this returns.
  LifecycleHarness start(FlushMode mode) throws IOException, InterruptedException {
    platform.registered();
    begin(mode, false);
    platform.nextRequest();
    awaitNext();
    return this;
  }

  void begin(FlushMode mode, boolean resumed) throws IOException {
    ExtensionsApi api =
        ExtensionsApi.register(platform.authority(), "x", false, epochMillisClock, nanoClock);
    FlushConfig options =
        new FlushConfig(
            mode, Duration.ofSeconds(1), Duration.ofSeconds(10), firstHoldMax, startEventTimeout);
    StatePipe written = statePipe.pipe();
    written.describe(new RestartState(4321, delivering));
    Lifecycle lifecycle =
        new Lifecycle(
            api,
            written,
            pipeline,
            this,
            progress,
            options,
            heapTrimmer,
            said.diagnostics(),
            nanoClock,
            epochMillisClock);
    Thread.ofPlatform().daemon().start(() -> run(lifecycle, resumed));
  }

  private void run(Lifecycle lifecycle, boolean resumed) {
    try {
      end.add(lifecycle.run(resumed, arns::add));
    } catch (IOException | InterruptedException | RuntimeException e) {
      end.add(e);
    }
  }

  /// Waits until the extension requests the next event.
  void awaitNext() throws InterruptedException {
    String request = platform.nextRequest();
    if (!request.startsWith("GET /2020-01-01/extension/event/next ")) {
      throw new AssertionError("unexpected: " + request);
    }
  }

  /// The final ledger.
  LaneLedger ledger() throws InterruptedException {
    Object result = Wait.next(end);
    if (result instanceof List<?> ledgers && ledgers.getFirst() instanceof LaneLedger ledger) {
      return ledger;
    }
    throw new AssertionError("it ended otherwise: " + result);
  }

  /// The exception that ended the lifecycle.
  Object failure() throws InterruptedException {
    return Wait.next(end);
  }

  @Override
  public boolean isSubscribed() {
    return delivering;
  }

  @Override
  public void awaitIdle(Duration quiet, Deadline latest) {
    lastDelivery.run();
  }

  @Override
  public void close() throws IOException {
    platform.close();
  }
}
