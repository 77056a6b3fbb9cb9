package dev.logshipper.bundle.demo;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.page.FaultSpan;
import dev.logshipper.sandbox.page.FunctionLine;
import dev.logshipper.sandbox.page.TimelinePage;
import dev.logshipper.sandbox.report.LineComparison;
import dev.logshipper.sandbox.report.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Runs `examples/hello-function` with AWS's runtime client and the layer, freezes the environment
/// between invocations, lets the destination fail for some of them, and prints the records that
/// arrived, the ledger, and the cost.
///
/// Exits with 1 when a line was lost, duplicated or out of order, or an invocation failed.
public final class Demo {
  private static final int PAUSE_MILLIS = 150;
  private static final int OUTAGE_FIRST = 8;
  private static final int OUTAGE_LAST = 10;
  private static final int STATUS_UNAVAILABLE = 503;

  private final Terminal terminal;
  private final BundledSink sink;
  private final Path page;
  private final List<InvocationOutcome> outcomes = new ArrayList<>();
  private final List<FaultSpan> outages = new ArrayList<>();
  private final List<FunctionLine> printed = new CopyOnWriteArrayList<>();
  private long outageNanos;

  private Demo(Terminal terminal, BundledSink sink, Path page) {
    this.terminal = terminal;
    this.sink = sink;
    this.page = page;
  }

  /// Runs the demo once.
  ///
  /// @param args the mode of the sink, the unpacked layer's folder, the function's, and the file of
  ///   the timeline page
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean wellDone =
        new Demo(
                Terminal.standard(System.out, System.getenv()),
                BundledSink.named(args[0]),
                Path.of(args[3]).toAbsolutePath())
            .run(Path.of(args[1]).toAbsolutePath(), Path.of(args[2]).toAbsolutePath());
    System.exit(wellDone ? 0 : 1);
  }

  private boolean run(Path layer, Path function) throws IOException, InterruptedException {
    terminal.line(
        "A Java function is invoked 20 times in a local Lambda environment, with the layer, frozen in"
            + " between: ten seconds.");
    terminal.line(
        terminal.dim(
            "held: time that the layer adds after the function has responded; it is billed."));
    terminal.line("");
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            Sandbox.builder()
                .extensions(layer.resolve("extensions"))
                .environment("PUSHER_MODE", sink.mode())
                .environment(sink.environment(destination.url()))
                .functionName("hello-function")
                .function(HelloFunction.command(function), Map.of())
                .timeoutMillis(10_000)
                .onFunctionLine(line -> printed.add(new FunctionLine(System.nanoTime(), line)))
                .start()) {
      for (String payload : payloads()) {
        changeOutage(destination);
        invoke(sandbox, payload);
        pause();
      }
      terminal.progress("shutdown …");
      sandbox.shutdown("spindown");
      LineCheck lines = new LineCheck(destination.lines(), outcomes);
      writePage(sandbox, destination);
      new DemoReport(terminal, sink.mode(), sandbox, destination, lines, page).print();
      return lines.isComplete() && failures() == 0;
    }
  }

  private void changeOutage(Destination destination) {
    int next = outcomes.size() + 1;
    if (next == OUTAGE_FIRST) {
      outageNanos = System.nanoTime();
      destination.respond(ScriptedResponse.status(STATUS_UNAVAILABLE));
      terminal.line(terminal.bad("outage: ") + "the destination responds with 503 from now on");
    } else if (next == OUTAGE_LAST + 1) {
      destination.respond(
          destination instanceof ServiceDestination service
              ? service.handled(response -> response)
              : ScriptedResponse.ok());
      outages.add(new FaultSpan("status 503", outageNanos, System.nanoTime()));
      terminal.line(terminal.good("the outage is over"));
    }
  }

  private void invoke(Sandbox sandbox, String payload) throws InterruptedException {
    terminal.progress("invocation " + (outcomes.size() + 1) + "  " + payload + " …");
    InvocationOutcome outcome = sandbox.invoke(payload);
    outcomes.add(outcome);
    String status = outcome.status().name().toLowerCase(Locale.ROOT);
    terminal.line(
        String.format(
            Locale.ROOT,
            "invocation %2d  %-30s %s in %4.0f ms, held %3.0f ms",
            outcomes.size(),
            payload,
            outcome.succeeded() ? terminal.good(status) : terminal.bad(status),
            outcome.durationMillis(),
            outcome.heldMillis()));
  }

  /// The environment is frozen meanwhile, as on Lambda between invocations.
  private static void pause() throws InterruptedException {
    Thread.sleep(PAUSE_MILLIS);
  }

  private void writePage(Sandbox sandbox, Destination destination) throws IOException {
    List<FunctionLine> lines = List.copyOf(printed);
    List<String> texts = lines.stream().map(FunctionLine::text).toList();
    new TimelinePage("hello-function, to " + sink.mode(), sandbox.timeline())
        .destination(sink.mode(), destination)
        .faults(outages)
        .functionLines(lines, LineComparison.of(texts, destination.lines()).missing())
        .write(page);
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
