package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.bundle.BundledSink;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// Other extensions in the same environment.
@Chapter("Settings and other extensions")
class OtherExtensionIT {
  private static final int INVOCATIONS = 2;
  private static final int FLOOD_LINES = 500;
  private static final String REGISTER = "register '\"INVOKE\",\"SHUTDOWN\"'\n";

  @TempDir Path folder;

  @Sinks
  @Fault(
      value = "another extension needs 3 s to register",
      platform = "an init of 3 s",
      heldMillisMax = 2_250)
  void anotherExtensionRegistersLate(BundledSink sink, FaultRuns runs) throws Exception {
    OtherExtensions neighbours = OtherExtensions.in(folder);
    Path _ = neighbours.writer().writeSlow("neighbour", 3_000);
    FaultRun run = runs.of(sink).layer(neighbours.root()).start();
    run.invoke(INVOCATIONS);
    run.end();

    assertThat(run.sandbox().init().millis()).isGreaterThan(3_000);
    assertThat(ours(run)).isEmpty();
  }

  @Sinks
  @Fault(
      value = "another extension crashes once during init",
      platform = "the init fails and is repeated",
      user = "for the failed init: nothing, or the platform rejected the log subscription",
      heldMillisMax = 2_250)
  void anotherExtensionCrashesDuringInit(BundledSink sink, FaultRuns runs) throws Exception {
    String once = "[[ -e $TMPDIR/crashed ]] || { : >\"$TMPDIR/crashed\"; exit 7; }\n";
    OtherExtensions neighbours = OtherExtensions.in(folder);
    Path _ = neighbours.writer().write("neighbour", REGISTER + once + "loop\n");
    FaultRun run = runs.of(sink).layer(neighbours.root()).start();
    assertThat(run.sandbox().init().errorType()).isEqualTo("Extension.Crash");
    run.invoke(INVOCATIONS);
    run.end();

    // It may have come just too late to subscribe.
    assertThat(ours(run))
        .allMatch(line -> line.contains("the platform rejected the log subscription"));
  }

  @Sinks
  @Fault(value = "other extensions listen on 200 ports", heldMillisMax = 2_250)
  void otherExtensionsListenOnManyPorts(BundledSink sink, FaultRuns runs) throws Exception {
    List<ServerSocket> taken = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        taken.add(take(0));
      }
      FaultRun run = runs.of(sink).start();
      run.invoke(INVOCATIONS);
      run.end();

      assertThat(run.output()).isEmpty();
    } finally {
      for (ServerSocket socket : taken) {
        socket.close();
      }
    }
  }

  @Sinks
  @Fault(
      value = "the extension's JVM is killed, and another process reaches for its port meanwhile",
      user = "Java exited, restarting it",
      heldMillisMax = 2_250)
  void anotherProcessCannotBindThePortOfTheListener(BundledSink sink, FaultRuns runs)
      throws Exception {
    FaultRun run = runs.of(sink).environment("PUSHER_FLUSH", "end").start();
    run.invoke(INVOCATIONS);
    // Frozen, so that no new JVM starts before.
    run.killJava();
    try (HostileClient listener = new HostileClient(run.sandbox())) {
      assertThatThrownBy(() -> take(listener.port())).isInstanceOf(BindException.class);
    }
    run.invoke(INVOCATIONS);
    run.end();

    assertThat(run.output()).singleElement().asString().contains("Java exited with status 137");
  }

  @Sinks
  @Fault(
      value =
          "another extension prints 500 lines per invocation, and `extension` records are shipped",
      user = "the usual lines, of which each warning is shipped once",
      heldMillisMax = 2_250)
  void anotherExtensionFloodsTheLog(BundledSink sink, FaultRuns runs) throws Exception {
    OtherExtensions neighbours = OtherExtensions.in(folder);
    Path _ = neighbours.writer().writeFlooding("neighbour", FLOOD_LINES);
    FaultRun run =
        runs.of(sink)
            .layer(neighbours.root())
            .environment("PUSHER_LOG_TYPES", "function,platform,extension")
            .environment("PUSHER_OVERFLOWS", "a misspelled variable, which causes a warning")
            .start();
    run.invoke(INVOCATIONS);
    run.end();

    assertThat(run.destination().lines())
        .filteredOn(line -> line.contains("log-shipper: "))
        .singleElement()
        .asString()
        .contains("PUSHER_OVERFLOWS");
    assertThat(run.destination().lines())
        .filteredOn(line -> line.contains("neighbour line "))
        .hasSize(INVOCATIONS * FLOOD_LINES);
    assertThat(ours(run)).singleElement().asString().contains("PUSHER_OVERFLOWS");
  }

  /// The output of the shipped extension alone.
  private static List<String> ours(FaultRun run) {
    return run.output().stream().filter(line -> line.startsWith("log-shipper: ")).toList();
  }

  /// Occupies a port as long as the socket is open.
  private static ServerSocket take(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }
}
