package dev.logshipper.gate;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.bundle.UnpackedLayer;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Counts the classes and libraries that the layer uses for a sink, from its start to the end of a
/// short run with one delivery over TLS.
///
/// The start path consists of the classes that the main thread uses before the platform's first
/// event. Other threads are excluded: their classes differ from run to run.
final class Footprint {
  /// The main thread uses it as soon as there is an event, and never before. A prefix, so no other
  /// class may start with it.
  private static final String FIRST_EVENT = "dev.logshipper.platform.ExtensionEvent";

  /// The layer's jars before they are merged.
  private static final Path SHRUNK = Path.of("target/shrunk");

  private static final String MAIN = "main";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final long FUNCTION_MILLIS_MAX = 30_000;

  private final UnpackedLayer layer;
  private final Origins origins;

  /// @param layer its options are added to with each count
  Footprint(UnpackedLayer layer) throws IOException {
    this.layer = layer;
    this.origins = Origins.in(SHRUNK);
  }

  /// Runs the layer once.
  ///
  /// @throws AssertionError when nothing was delivered
  GateFile count(BundledSink sink) throws IOException, InterruptedException {
    Path log = layer.root().resolve(sink.mode() + "-classes.log");
    try (Destination destination = sink.tls().get()) {
      layer.trusting(destination).addJvmOptions(List.of(ClassLog.optionToWrite(log)));
      live(sink, destination);
    }
    return countIn(ClassLog.read(log));
  }

  private void live(BundledSink sink, Destination destination) throws InterruptedException {
    Sandbox sandbox =
        Sandbox.builder()
            .extensions(layer.extensions())
            .environment("PUSHER_MODE", sink.mode())
            .environment(sink.environment(destination.url()))
            .function(invocation -> invocation.log("a line of the function"))
            .timeoutMillis(FUNCTION_MILLIS_MAX)
            .start();
    try (sandbox) {
      InvocationOutcome outcome = sandbox.invoke("{}");
      if (!outcome.succeeded()) {
        throw new AssertionError(outcome);
      }
      var _ = sandbox.shutdown("spindown");
    }
    var _ = destination.awaitLines(1, SOON);
  }

  private GateFile countIn(ClassLog log) {
    GateFile counted = new GateFile();
    boolean starting = true;
    long jdkClasses = 0;
    for (ClassLog.Use use : log.used()) {
      counted.allow("library in use", origins.of(use.className()));
      starting &= !use.className().startsWith(FIRST_EVENT);
      if (starting && use.thread().equals(MAIN)) {
        if (origins.isOfJdk(use.className())) {
          jdkClasses++;
        } else {
          counted.allow("class on the start path", use.className());
        }
      }
    }
    counted.bound("classes of the JDK on the start path", jdkClasses);
    counted.bound("classes from outside the AOT cache", log.outsideTheCache());
    counted.bound("classes made at run time", log.madeAtRunTime());
    return counted;
  }
}
