package dev.logshipper.sandbox.environment.cli;

import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// `java -jar log-shipper-sandbox.jar`: runs a sandbox from a shell.
public final class SandboxCommand {

  private static final int WRONG_USAGE = 2;

  private final Arguments arguments;
  private final PrintStream out;

  private SandboxCommand(Arguments arguments, PrintStream out) {
    this.arguments = arguments;
    this.out = out;
  }

  /// Exits with 0 if all invocations succeeded, 1 if any failed, 2 for an invalid command line.
  public static void main(String[] words) throws IOException, InterruptedException {
    System.exit(run(List.of(words), System.out, System.err));
  }

  static int run(List<String> words, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    if (words.contains("--help")) {
      out.print(Arguments.USAGE);
      return 0;
    }
    Arguments arguments;
    try {
      arguments = Arguments.parse(words);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.print(Arguments.USAGE);
      return WRONG_USAGE;
    }
    return new SandboxCommand(arguments, out).run() ? 0 : 1;
  }

  private boolean run() throws IOException, InterruptedException {
    boolean succeeded = true;
    try (Sandbox sandbox = builder().start()) {
      if (!sandbox.init().succeeded()) {
        out.println("init: " + sandbox.init().errorType() + " " + sandbox.init().message());
      }
      for (int i = 0; i < arguments.invocations; i += arguments.concurrency()) {
        succeeded &=
            invoke(sandbox, i, Math.min(arguments.concurrency(), arguments.invocations - i));
        Thread.sleep(arguments.pauseMillis);
      }
      sandbox.shutdown("spindown").extensions().forEach(end -> out.println("shutdown: " + end));
      out.println();
      out.print(CostTable.of(sandbox.timeline().summary()));
      if (arguments.timeline.isPresent()) {
        sandbox.timeline().writeJson(arguments.timeline.get());
      }
    }
    return succeeded;
  }

  /// Invokes the function that many times at once.
  private boolean invoke(Sandbox sandbox, int first, int count) {
    boolean succeeded = true;
    List<CompletableFuture<InvocationOutcome>> outcomes = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      outcomes.add(sandbox.invokeAsync("{\"invocation\":" + i + "}"));
    }
    for (int i = 0; i < count; i++) {
      InvocationOutcome outcome = outcomes.get(i).join();
      if (!outcome.succeeded()) {
        out.println("invocation " + (first + i) + ": " + outcome);
        succeeded = false;
      }
    }
    return succeeded;
  }

  private SandboxBuilder builder() {
    SandboxBuilder builder =
        Sandbox.builder()
            .environment(arguments.environment)
            .timeoutMillis(arguments.timeoutMillis)
            .shutdownWindowMillis(arguments.shutdownWindowMillis)
            .logFormat(arguments.logFormat)
            .tenantId(arguments.tenantId)
            .snapStart(arguments.snapStart)
            .onExtensionLine((name, line) -> out.println("[" + name + "] " + line));
    arguments.extensions.ifPresent(builder::extensions);
    arguments.handler.ifPresent(builder::handler);
    arguments.taskRoot.ifPresent(builder::taskRoot);
    if (arguments.managedInstances()) {
      builder.managedInstances(true).maxConcurrency(arguments.concurrency());
    }
    return arguments.function.isEmpty()
        ? builder.function(new LinePrinter(arguments.lines))
        : builder.function(arguments.function, Map.of());
  }
}
