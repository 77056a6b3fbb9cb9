package dev.logshipper.bundle.demo;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs `examples/hello-function` with AWS's runtime client and the layer, freezes the environment
/// between invocations, and prints the lines that arrived, the ledger, and the cost.
///
/// Exits with 1 when a line was lost, duplicated or out of order, or an invocation failed.
public final class Demo {
  private static final int PAUSE_MILLIS = 150;

  private final PrintStream out;
  private final BundledSink sink;
  private final List<InvocationOutcome> outcomes = new ArrayList<>();

  private Demo(PrintStream out, BundledSink sink) {
    this.out = out;
    this.sink = sink;
  }

  /// Runs the demo once.
  ///
  /// @param args the mode of the sink, the unpacked layer's folder and the function's
  public static void main(String[] args) throws InterruptedException {
    boolean wellDone =
        new Demo(System.out, BundledSink.named(args[0]))
            .run(Path.of(args[1]).toAbsolutePath(), Path.of(args[2]).toAbsolutePath());
    System.exit(wellDone ? 0 : 1);
  }

  private boolean run(Path layer, Path function) throws InterruptedException {
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            Sandbox.builder()
                .extensions(layer.resolve("extensions"))
                .environment("PUSHER_MODE", sink.mode())
                .environment(sink.environment(destination.url()))
                .functionName("hello-function")
                .function(HelloFunction.command(function), Map.of())
                .timeoutMillis(10_000)
                .start()) {
      for (String payload : payloads()) {
        invoke(sandbox, payload);
        pause();
      }
      sandbox.shutdown("spindown");
      LineCheck lines = new LineCheck(destination.lines(), outcomes);
      new DemoReport(out, sandbox, destination, lines).print();
      return lines.isComplete() && failures() == 0;
    }
  }

  private void invoke(Sandbox sandbox, String payload) throws InterruptedException {
    InvocationOutcome outcome = sandbox.invoke(payload);
    outcomes.add(outcome);
    out.printf(
        "invocation %2d  %-28s %-7s in %5.0f ms, held %4.0f ms%n",
        outcomes.size(), payload, outcome.status(), outcome.durationMillis(), outcome.heldMillis());
  }

  /// The environment is frozen meanwhile, as on Lambda between invocations.
  private static void pause() throws InterruptedException {
    Thread.sleep(PAUSE_MILLIS);
  }

  private long failures() {
    return outcomes.stream().filter(outcome -> !outcome.succeeded()).count();
  }

  private static List<String> payloads() {
    List<String> payloads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      payloads.add("{\"action\":\"hello\"}");
      payloads.add("{\"action\":\"burst\",\"count\":100}");
      payloads.add("{\"action\":\"error\"}");
      payloads.add("{\"action\":\"hello\"}");
      payloads.add("{\"action\":\"slow\",\"millis\":300}");
    }
    return payloads;
  }
}
