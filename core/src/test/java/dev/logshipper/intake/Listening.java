package dev.logshipper.intake;

import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.platform.InvocationListener;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.RawClient;
import dev.logshipper.time.SystemScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/// A listener on a free port before a pipeline that counts and sends nothing.
final class Listening implements AutoCloseable {
  /// Invocation events, with the number of records in the pipeline at that moment.
  final List<String> events = new CopyOnWriteArrayList<>();

  private final Pipeline pipeline =
      new Pipeline(
          List.of(Pipelines.lane("fake", FakeSink::new, 1 << 20, Duration.ofSeconds(1))),
          1L << 30,
          Overflow.DROP_NEWEST,
          () -> "id",
          new CapturedOutput().diagnostics(),
          Math::random,
          new SystemScheduler(System::nanoTime));
  private final LogsListener listener;

  Listening() {
    this(Thread::new);
  }

  Listening(ThreadFactory threads) {
    try {
      listener =
          LogsListener.on(
              ListenerSocket.bind(InetAddress.getLoopbackAddress(), 0),
              Set.of("function"),
              false,
              null,
              pipeline,
              new Recorder(),
              false,
              new CapturedOutput().diagnostics(),
              threads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listener.start();
  }

  private final class Recorder implements InvocationListener {
    @Override
    public void started(String requestId) {
      events.add("started " + requestId + " after " + received());
    }

    @Override
    public void completed(String requestId, long epochMillis) {
      events.add("completed " + requestId + " after " + received());
    }

    @Override
    public void completionLost(String requestId) {
      events.add("completion of " + requestId + " lost after " + received());
    }

    @Override
    public void telemetryDelayed(boolean delayed) {
      events.add("delayed " + delayed);
    }
  }

  LogsListener listener() {
    return listener;
  }

  RawClient connect() throws IOException {
    return new RawClient(port());
  }

  int port() {
    return listener.port();
  }

  IntakeCounts counts() {
    return listener.counts();
  }

  long received() {
    return pipeline.ledgers().getFirst().received();
  }

  @Override
  public void close() {
    listener.close();
  }
}
