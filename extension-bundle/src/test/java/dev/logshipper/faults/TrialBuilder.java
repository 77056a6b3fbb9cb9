package dev.logshipper.faults;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.TelemetryBehaviour;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Describes a trial; [#start()] runs its init. Without further ado: the layer that ships, one sink
/// with only the variables it needs, a function that writes [#LINES] lines an invocation and has 3
/// s.
final class TrialBuilder {
  static final int LINES = 20;
  static final int LINE_BYTES = 200;
  static final Path LAYER = Path.of(System.getProperty("layer.directory", "target/layer"));

  private final TrialExtension owner;
  private final BundledSink sink;
  private final LineWriter lines = new LineWriter();
  private final SandboxBuilder sandbox = Sandbox.builder();
  private final List<UnaryOperator<SandboxBuilder>> more = new ArrayList<>();
  private Destination destination;
  private TrialFunction function =
      (invocation, writer) -> writer.write(invocation, LINES, LINE_BYTES);
  private Path layer = LAYER;

  TrialBuilder(TrialExtension owner, BundledSink sink) {
    this.owner = owner;
    this.sink = sink;
    this.destination = sink.plain().get();
  }

  /// Sends to a stand-in that speaks TLS instead.
  TrialBuilder overTls() {
    destination.close();
    destination = sink.tls().get();
    return this;
  }

  /// Sets a variable, also one of those that the sink needs.
  TrialBuilder environment(String name, String value) {
    return with(builder -> builder.environment(name, value));
  }

  TrialBuilder timeoutMillis(long millis) {
    sandbox.timeoutMillis(millis);
    return this;
  }

  TrialBuilder telemetry(TelemetryBehaviour behaviour) {
    sandbox.telemetry(behaviour);
    return this;
  }

  TrialBuilder function(TrialFunction other) {
    function = other;
    return this;
  }

  /// Runs another layer than the one that ships.
  TrialBuilder layer(Path root) {
    layer = root;
    return this;
  }

  /// What no method above can say; it has the last word.
  TrialBuilder with(UnaryOperator<SandboxBuilder> change) {
    more.add(change);
    return this;
  }

  Destination destination() {
    return destination;
  }

  Trial start() throws InterruptedException {
    SandboxBuilder described =
        sandbox
            .extensions(layer.resolve("extensions"))
            .environment("PUSHER_MODE", sink.mode())
            .environment(sink.environment(destination.url()))
            .function(invocation -> function.handle(invocation, lines));
    for (UnaryOperator<SandboxBuilder> change : more) {
      described = change.apply(described);
    }
    Trial trial = new Trial(sink, destination, lines, described.start());
    owner.add(trial);
    return trial;
  }
}
