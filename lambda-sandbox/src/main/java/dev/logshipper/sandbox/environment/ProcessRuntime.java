package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.platform.EnvironmentState;
import dev.logshipper.sandbox.environment.process.ChildProcess;
import dev.logshipper.sandbox.environment.process.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A function that is a program of its own and speaks the Runtime API.
final class ProcessRuntime implements FunctionRuntime {

  private final List<String> command;
  private final Map<String, String> variables;
  private final Path folder;
  private final FunctionLog log;
  private final SandboxSettings settings;
  private @Nullable ChildProcess process;

  ProcessRuntime(
      SandboxSettings settings,
      List<String> command,
      Map<String, String> variables,
      Path folder,
      FunctionLog log) {
    this.settings = settings;
    this.command = command;
    this.variables = variables;
    this.folder = folder;
    this.log = log;
  }

  @Override
  public void start(EnvironmentState generation) throws IOException {
    ChildProcess started = settings.start(command, variables, folder, log::print);
    process = started;
    var _ =
        started
            .exited()
            .thenAccept(code -> generation.fail("Runtime.ExitError", "exit code " + code));
  }

  @Override
  public void awaitOutput() throws InterruptedException {
    ChildProcess current = process;
    if (current != null) {
      current.awaitQuiet();
    }
  }

  @Override
  public void signal(Signal signal) {
    ChildProcess current = process;
    if (current != null) {
      current.signal(signal);
    }
  }

  @Override
  public void stop(long graceMillis) throws InterruptedException {
    ChildProcess current = process;
    if (current == null) {
      return;
    }
    if (graceMillis > 0) {
      current.signal(Signal.TERM);
      awaitExit(current, graceMillis);
    }
    current.kill();
    awaitExit(current, 1_000);
    current.awaitOutputEnd(100);
  }

  @Override
  public void kill() {
    ChildProcess current = process;
    if (current != null) {
      current.kill();
    }
  }

  private static void awaitExit(ChildProcess process, long millisMax) throws InterruptedException {
    try {
      Integer _ = process.exited().get(millisMax, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // It is killed next, or is beyond killing.
    }
  }
}
