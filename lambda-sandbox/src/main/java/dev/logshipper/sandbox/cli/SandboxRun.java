package dev.logshipper.sandbox.cli;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.page.FaultSpan;
import dev.logshipper.sandbox.page.FunctionLine;
import dev.logshipper.sandbox.page.TimelinePage;
import dev.logshipper.sandbox.report.LineComparison;
import dev.logshipper.sandbox.report.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One run: the environment, its invocations, the faults of the destination, the report.
final class SandboxRun {
  private final RunOptions options;
  private final Terminal terminal;
  private final RunReport report;
  private final FunctionOutput output = new FunctionOutput();
  private final List<InvocationOutcome> outcomes = new ArrayList<>();
  private final List<FaultSpan> spans = new ArrayList<>();
  private @Nullable Fault active;
  private long faultNanos;

  SandboxRun(RunOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
    this.report = new RunReport(terminal, options.show);
  }

  /// @throws IllegalArgumentException with one line, when the layer is none
  RunResult execute() throws IOException, InterruptedException {
    StandIn standIn = options.standIn;
    try (LayerFolder layer = options.layers.isEmpty() ? null : LayerFolder.of(options.layers);
        Destination destination = standIn == null ? null : standIn.start()) {
      Path extensions = layer == null ? options.extensions : layer.extensions();
      terminal.progress("init …");
      try (Sandbox sandbox = builder(extensions, destination).start()) {
        report.init(sandbox, output.take());
        invokeAll(sandbox, destination);
        terminal.progress("shutdown …");
        report.shutdown(sandbox.shutdown("spindown"), output.take());
        endFault(destination);
        return finish(sandbox, destination);
      }
    }
  }

  private RunResult finish(Sandbox sandbox, @Nullable Destination destination) throws IOException {
    List<String> printed = output.all().stream().map(FunctionLine::text).toList();
    LineComparison comparison =
        destination == null ? null : LineComparison.of(printed, destination.lines());
    RunResult result =
        new RunResult(
            sandbox.init(),
            outcomes,
            sandbox,
            destination,
            comparison,
            printed,
            writePage(sandbox, destination, comparison));
    report.result(result);
    writeEvents(sandbox);
    return result;
  }

  private void writeEvents(Sandbox sandbox) throws IOException {
    Path file = options.timeline;
    if (file == null) {
      return;
    }
    try {
      sandbox.timeline().writeJson(file);
    } catch (IOException e) {
      throw new IOException("--timeline " + file + " cannot be written", e);
    }
  }

  private void invokeAll(Sandbox sandbox, @Nullable Destination destination)
      throws InterruptedException {
    long begin = System.nanoTime();
    int step = options.concurrency();
    for (int i = 0; i < options.invocations; i += step) {
      changeFault(destination, i + 1);
      terminal.progress("invocation " + (i + 1) + " of " + options.invocations + " …");
      invoke(sandbox, i, Math.min(step, options.invocations - i));
      boolean last = i + step >= options.invocations;
      if (!last) {
        begin += options.everyTime.toNanos();
        pause(options.everyTime.isZero() ? options.pauseTime : untilNanos(begin));
      }
    }
  }

  private static Duration untilNanos(long nanos) {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /// The environment is frozen meanwhile.
  private void pause(Duration time) throws InterruptedException {
    if (!time.isZero()) {
      terminal.progress("frozen for " + time.toMillis() + " ms …");
      Thread.sleep(time);
    }
  }

  /// Invokes the function that many times at once.
  private void invoke(Sandbox sandbox, int first, int count) {
    List<CompletableFuture<InvocationOutcome>> running = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      running.add(sandbox.invokeAsync(options.payload(i)));
    }
    for (CompletableFuture<InvocationOutcome> each : running) {
      InvocationOutcome outcome = each.join();
      outcomes.add(outcome);
      report.invocation(outcomes.size(), options.invocations, outcome, output.take());
    }
  }

  private void changeFault(@Nullable Destination destination, int invocation) {
    Fault next =
        options.faults.stream().filter(fault -> fault.covers(invocation)).findFirst().orElse(null);
    if (destination == null || Objects.equals(next, active)) {
      return;
    }
    endFault(destination);
    if (next != null) {
      active = next;
      faultNanos = System.nanoTime();
      next.begin(destination);
      report.fault(next.label() + " begins");
    }
  }

  private void endFault(@Nullable Destination destination) {
    Fault current = active;
    if (current != null && destination != null) {
      current.end(destination);
      spans.add(new FaultSpan(current.label(), faultNanos, System.nanoTime()));
      report.fault(current.label() + " ends");
      active = null;
    }
  }

  private @Nullable Path writePage(
      Sandbox sandbox, @Nullable Destination destination, @Nullable LineComparison comparison) {
    Path file = options.page;
    if (file == null) {
      String name =
          "timeline-"
              + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                  .format(LocalDateTime.now(ZoneId.systemDefault()));
      file = Path.of(System.getProperty("pages", "target/sandbox")).resolve(name + ".html");
    }
    try {
      new TimelinePage(title(), sandbox.timeline())
          .destination(options.standIn == null ? "" : options.standIn.mode(), destination)
          .faults(spans)
          .functionLines(output.all(), comparison == null ? null : comparison.missing())
          .write(file);
      return file;
    } catch (IOException | UncheckedIOException e) {
      terminal.line("The timeline page cannot be written to " + file);
      return null;
    }
  }

  private String title() {
    List<String> words = new ArrayList<>();
    if (!options.layers.isEmpty()) {
      words.add(
          options.layers.stream()
              .map(layer -> layer.toAbsolutePath().normalize().getFileName().toString())
              .collect(Collectors.joining(" + ")));
    }
    words.add(options.command.isEmpty() ? "built-in function" : String.join(" ", options.command));
    if (options.standIn != null) {
      words.add("to " + options.standIn.mode());
    }
    return String.join(", ", words);
  }

  private SandboxBuilder builder(@Nullable Path extensions, @Nullable Destination destination) {
    StandIn standIn = options.standIn;
    Map<String, String> variables =
        standIn == null || destination == null
            ? options.variables
            : standIn.variables(destination.url(), options.variables);
    SandboxBuilder builder =
        Sandbox.builder()
            .environment(variables)
            .timeoutMillis(options.timeoutTime.toMillis())
            .memoryMegabytes(options.memory)
            .shutdownWindowMillis(options.shutdownTime.toMillis())
            .logFormat(options.logFormat)
            .handler(options.handler)
            .tenantId(options.tenant)
            .snapStart(options.snapStart)
            .onExtensionLine(report::extensionLine)
            .onFunctionLine(output::add);
    if (extensions != null) {
      builder.extensions(extensions);
    }
    if (options.managedInstances > 0) {
      builder.managedInstances(true).maxConcurrency(options.managedInstances);
    }
    Path folder = options.workdir.toAbsolutePath();
    builder.taskRoot(options.taskRoot == null ? folder : options.taskRoot).workingDirectory(folder);
    return options.command.isEmpty()
        ? builder.function(new LinePrinter(options.lines))
        : builder.function(options.command, Map.of());
  }
}
