package dev.logshipper.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.bundle.UnpackedLayer;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.environment.function.Invocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

/// Connections that carry what nothing asked for, or nothing any more.
@Chapter("The destination")
class ConnectionFaultsIT {
  private static final int INVOCATIONS = 4;
  private static final int HOLD_MILLIS_MAX = 2_250;
  private static final int BODY_BYTES_MAX = 4 * 1024;
  private static final int NOISE_BYTES = 300;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int CONNECT_MILLIS = 200;
  private static final String TWIN = "twin.test";
  private static final InetAddress FIRST = address("127.0.0.9");

  @TempDir private Path folder;

  @Sinks
  @Fault(
      value = "sends a second response after each 413 to more than 4 KiB",
      user = "the size in effect",
      heldMillisMax = HOLD_MILLIS_MAX)
  void sendsStraysAfterErrors(BundledSink sink, FaultRuns runs) throws Exception {
    sendsStrays(incompressible(runs.of(sink)), 413);
  }

  @Sinks
  @Fault(
      value = "sends a second response after each one",
      doubled = Duplicates.UNKNOWN_OUTCOME,
      heldMillisMax = HOLD_MILLIS_MAX)
  void sendsStraysAlways(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = sendsStrays(incompressible(runs.of(sink)), 200);

    assertThat(run.deliveries().doubled()).hasSizeLessThanOrEqualTo(FaultRunBuilder.LINES);
  }

  private static FaultRun sendsStrays(FaultRunBuilder builder, int status) throws Exception {
    try (Relay relay = Relay.to(builder.destination())) {
      FaultRun run = builder.at(relay.url()).start();
      if (status >= 400) {
        run.limitBodies(BODY_BYTES_MAX);
      }
      relay.sendStrays(status);
      run.invoke(INVOCATIONS);
      run.end();
      return run;
    }
  }

  @Sinks
  @Fault(
      value = "returns 413 before it reads the body, and then takes the body for a request",
      user = "the size in effect",
      heldMillisMax = HOLD_MILLIS_MAX)
  void rejectsEarly(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRunBuilder builder = incompressible(runs.of(sink));
    try (Relay relay = Relay.to(builder.destination())) {
      FaultRun run = builder.at(relay.url()).start();
      for (int i = 0; i < INVOCATIONS; i++) {
        relay.rejectNextEarly();
        run.invoke(1);
      }
      run.end();
    }
  }

  @Sinks(client = "okhttp")
  @Fault(
      value = "stops responding on an HTTP/2 connection, and works on others",
      user = "nothing, or destination unreachable (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void forgetsAnHttp2Connection(BundledSink sink, FaultRuns runs) throws Exception {
    Path ca = Files.writeString(folder.resolve("ca.pem"), Http2Front.certificatePem());
    FaultRunBuilder builder = runs.of(sink).environment("PUSHER_FLUSH", "end");
    try (Http2Front front = new Http2Front(builder.destination());
        Relay relay = new Relay(front.port())) {
      FaultRun run =
          builder
              .at("https://localhost:" + relay.port())
              .environment("PUSHER_%s_CA_FILE".formatted(upper(sink)), ca.toString())
              .start();
      run.invoke(1);
      List<ReceivedRequest> _ = run.destination().awaitRequests(1, SOON);
      run.invoke(1);
      relay.forgetConnections();
      run.invoke(INVOCATIONS);
      run.end();

      assertThat(front.otherRequests()).isZero();
      assertThat(relay.connections()).isEqualTo(2);
    }
  }

  @Sinks
  @Fault(
      value = "has two addresses, of which the first rejects connections or ignores them",
      heldMillisMax = HOLD_MILLIS_MAX)
  void firstOfTwoAddressesIsDead(BundledSink sink, FaultRuns runs) throws Exception {
    Path hosts = folder.resolve("hosts");
    Files.writeString(
        hosts, "%s %s%n127.0.0.1 %s%n".formatted(FIRST.getHostAddress(), TWIN, TWIN), UTF_8);
    UnpackedLayer layer = UnpackedLayer.in(folder.resolve("layer"));
    layer.addJvmOptions(List.of("-Djdk.net.hosts.file=" + hosts));
    for (boolean silent : List.of(false, true)) {
      FaultRunBuilder builder = runs.of(sink).environment("PUSHER_FLUSH", "end");
      int port = builder.destination().port();
      try (SilentAddress _ = silent ? new SilentAddress(port) : null) {
        FaultRun run = builder.layer(layer.root()).at("http://" + TWIN + ":" + port).start();
        run.invoke(INVOCATIONS);
        run.end();

        assertThat(run.output()).isEmpty();
      }
    }
  }

  private static String upper(BundledSink sink) {
    return sink.mode().toUpperCase(Locale.ROOT);
  }

  private static FaultRunBuilder incompressible(FaultRunBuilder builder) {
    return builder.environment("PUSHER_FLUSH", "end").function(ConnectionFaultsIT::writeNoise);
  }

  /// Logs lines that no compression makes small.
  private static void writeNoise(Invocation invocation, LineWriter lines) {
    for (int i = 0; i < FaultRunBuilder.LINES; i++) {
      byte[] noise = new byte[NOISE_BYTES];
      new Random(lines.written()).nextBytes(noise);
      invocation.log(lines.next(0) + Base64.getEncoder().encodeToString(noise));
    }
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// A port whose queue of connections is full, so that the kernel ignores further ones.
  private static final class SilentAddress implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> queued = new ArrayList<>();

    SilentAddress(int port) throws IOException {
      listener = new ServerSocket(port, 1, FIRST);
      boolean full = false;
      while (!full) {
        Socket socket = new Socket();
        queued.add(socket);
        try {
          socket.connect(new InetSocketAddress(FIRST, port), CONNECT_MILLIS);
        } catch (SocketTimeoutException _) {
          full = true;
        }
      }
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : queued) {
        socket.close();
      }
      listener.close();
    }
  }
}
