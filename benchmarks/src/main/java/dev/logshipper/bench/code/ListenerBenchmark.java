package dev.logshipper.bench.code;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import dev.logshipper.intake.ListenerSocket;
import dev.logshipper.intake.LogsListener;
import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.LaneConfig.Retries;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.platform.InvocationTracker;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.Level;
import dev.logshipper.time.SystemMonitor;
import dev.logshipper.time.SystemScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// From a delivery over the loopback interface to parsed records, which no lane wants.
@State(Scope.Benchmark)
public class ListenerBenchmark {
  private static final int BUFFER_BYTES_MAX = 20 * 1024 * 1024;
  private static final byte[] RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1);

  /// The kind of lines.
  @Param({SampleLines.TEXT, SampleLines.JSON})
  public String lines = "";

  private final Diagnostics diagnostics = new PrintingDiagnostics(System.err, Level.WARN);
  private byte[] request = {};
  private @Nullable LogsListener listener;
  private @Nullable Socket platform;

  /// Starts the listener and connects to it.
  @Setup
  public void start() throws IOException {
    byte[] body = SampleLines.delivery(lines);
    String head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n";
    request = (head + new String(body, ISO_8859_1)).getBytes(ISO_8859_1);
    InetAddress address = InetAddress.getLoopbackAddress();
    LogsListener started =
        LogsListener.on(
            ListenerSocket.bind(address, 0),
            Set.of("platform", "function"),
            false,
            null,
            pipeline(),
            new InvocationTracker(new SystemMonitor()),
            false,
            diagnostics);
    listener = started;
    started.start();
    platform = new Socket(address, started.port());
  }

  private Pipeline pipeline() {
    LaneConfig lane =
        new LaneConfig(
            "nowhere",
            null,
            Set.of("function"),
            Batching.withEachFlush(BUFFER_BYTES_MAX, Duration.ofSeconds(30)),
            Retries.every(Duration.ofMillis(100)));
    return new Pipeline(
        List.of(lane),
        BUFFER_BYTES_MAX,
        Overflow.DROP_OLDEST,
        () -> "batch",
        diagnostics,
        Math::random,
        new SystemScheduler(System::nanoTime));
  }

  /// One delivery.
  ///
  /// @throws IllegalStateException if it was not accepted, so that the figure would be wrong
  @Benchmark
  public void deliver() throws IOException {
    Socket connection = requireNonNull(platform);
    connection.getOutputStream().write(request);
    byte[] response = connection.getInputStream().readNBytes(RESPONSE.length);
    if (!Arrays.equals(response, RESPONSE)) {
      throw new IllegalStateException(new String(response, ISO_8859_1));
    }
  }

  /// Stops the listener.
  ///
  /// @throws IllegalStateException if an event was malformed, which would cost less
  @TearDown
  public void stop() throws IOException {
    LogsListener stopping = requireNonNull(listener);
    requireNonNull(platform).close();
    stopping.close();
    if (stopping.counts().malformed() > 0) {
      throw new IllegalStateException(stopping.counts().toString());
    }
  }
}
