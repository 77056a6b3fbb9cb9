package dev.logshipper.sandbox.environment.function;

import dev.logshipper.sandbox.environment.platform.EnvironmentState;
import dev.logshipper.sandbox.environment.process.ChildProcess;
import dev.logshipper.sandbox.environment.process.Signal;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The runtime of a program that speaks the Runtime API.
final class ProcessRuntime implements FunctionRuntime {

  private final Launcher launcher;
  private final FunctionLog log;
  private @Nullable ChildProcess process;

  ProcessRuntime(Launcher launcher, FunctionLog log) {
    this.launcher = launcher;
    this.log = log;
  }

  @Override
  public void start(EnvironmentState state) throws IOException {
    ChildProcess started = launcher.start(log::print);
    process = started;
    var _ =
        started.exited().thenAccept(code -> state.fail("Runtime.ExitError", "exit code " + code));
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
