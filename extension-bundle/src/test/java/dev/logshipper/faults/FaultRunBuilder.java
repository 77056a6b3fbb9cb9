package dev.logshipper.faults;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.bundle.Emulation;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.TelemetryBehaviour;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Describes a run; [#start()] runs its init. Defaults: the layer that ships, one sink with its
/// required variables only, a function with a timeout of 3 s that writes [#LINES] lines per
/// invocation.
final class FaultRunBuilder {
  static final int LINES = 20;
  static final int LINE_BYTES = 200;
  static final Path LAYER = Emulation.LAYER;

  private static final long JAVA_START_MILLIS_MAX = 5_000;

  private final FaultRunExtension owner;
  private final BundledSink sink;
  private final LineWriter lines = new LineWriter();
  private final SandboxBuilder sandbox = Emulation.limits(Sandbox.builder());
  private final List<UnaryOperator<SandboxBuilder>> more = new ArrayList<>();
  private Destination destination;
  private FaultRunFunction function =
      (invocation, writer) -> writer.write(invocation, LINES, LINE_BYTES);
  private Path layer = LAYER;
  private FaultRun.@Nullable Second second;

  FaultRunBuilder(FaultRunExtension owner, BundledSink sink) {
    this.owner = owner;
    this.sink = sink;
    this.destination = sink.plain().get();
  }

  /// Sends to a stand-in that speaks TLS instead.
  FaultRunBuilder overTls() {
    destination.close();
    destination = sink.tls().get();
    return this;
  }

  /// Sends to another stand-in instead.
  FaultRunBuilder to(Destination other) {
    destination.close();
    destination = other;
    return this;
  }

  /// Hands over to a second sink, with a destination of its own, when the first is down.
  FaultRunBuilder fallingBackOn(BundledSink next) {
    Destination other = next.plain().get();
    second = new FaultRun.Second(next, other);
    return with(builder ->
        builder
            .environment(next.environment(other.url()))
            .environment("PUSHER_MODE", sink.mode() + ">" + next.mode()));
  }

  /// Sends to another address, which leads to the stand-in.
  FaultRunBuilder at(String url) {
    return with(builder -> builder.environment(sink.environment(url)));
  }

  /// Limits each attempt to send.
  FaultRunBuilder requestTimeoutSeconds(int seconds) {
    String value = Integer.toString(seconds);
    return with(builder ->
        builder
            .environment("ED_PUSH_TIMEOUT_SEC", value)
            .environment("PUSHER_LOKI_TIMEOUT_SEC", value)
            .environment("PUSHER_S3_TIMEOUT_SEC", value));
  }

  /// Sets a variable, possibly one that the sink requires.
  FaultRunBuilder environment(String name, String value) {
    return with(builder -> builder.environment(name, value));
  }

  FaultRunBuilder timeoutMillis(long millis) {
    sandbox.timeoutMillis(millis);
    return this;
  }

  FaultRunBuilder telemetry(TelemetryBehaviour behaviour) {
    sandbox.telemetry(behaviour);
    return this;
  }

  FaultRunBuilder function(FaultRunFunction other) {
    function = other;
    return this;
  }

  /// Runs another layer than the one that ships.
  FaultRunBuilder layer(Path root) {
    layer = root;
    return this;
  }

  /// Any other change; applied last.
  FaultRunBuilder with(UnaryOperator<SandboxBuilder> change) {
    more.add(change);
    return this;
  }

  Destination destination() {
    return destination;
  }

  FaultRun start() throws InterruptedException {
    SandboxBuilder described =
        sandbox
            .extensions(layer.resolve("extensions"))
            .environment("PUSHER_MODE", sink.mode())
            .environment(sink.environment(destination.url()))
            .function(invocation -> function.handle(invocation, lines));
    for (UnaryOperator<SandboxBuilder> change : more) {
      described = change.apply(described);
    }
    Sandbox started = described.start();
    letJavaStart(started);
    FaultRun run = new FaultRun(sink, destination, second, lines, started);
    owner.add(run);
    return run;
  }

  /// Init does not wait for Java, and this function needs no time for its own: as after most inits,
  /// the first invocation begins when Java runs. `EarlyStartIT` has those that begin before.
  private static void letJavaStart(Sandbox started) throws InterruptedException {
    if (started.init().succeeded()) {
      started.thaw();
      boolean _ = started.deliverNow(Emulation.limit(JAVA_START_MILLIS_MAX));
    }
  }
}
