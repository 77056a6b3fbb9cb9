package dev.logshipper.sandbox.environment.function;

import dev.logshipper.sandbox.environment.platform.EnvironmentState;
import dev.logshipper.sandbox.environment.process.ChildProcess;
import dev.logshipper.sandbox.environment.process.Outputs;
import dev.logshipper.sandbox.environment.process.Signal;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The runtime of a program that speaks the Runtime API.
final class ProcessRuntime implements FunctionRuntime {

  private final Launcher launcher;
  private final FunctionLog log;
  private final boolean concurrent;
  private @Nullable ChildProcess process;
  private @Nullable LogSocket socket;

  /// @param concurrent whether it may have several workers, each with an output of its own
  ProcessRuntime(Launcher launcher, FunctionLog log, boolean concurrent) {
    this.launcher = launcher;
    this.log = log;
    this.concurrent = concurrent;
  }

  @Override
  public void start(EnvironmentState state) throws IOException {
    Map<String, String> variables = new HashMap<>();
    variables.put("_LAMBDA_TELEMETRY_LOG_FD", Integer.toString(Outputs.TELEMETRY_DESCRIPTOR));
    if (concurrent) {
      LogSocket opened = LogSocket.open(log::print);
      socket = opened;
      variables.put("_LAMBDA_TELEMETRY_LOG_FD_PROVIDER_SOCKET", opened.path().toString());
    }
    ChildProcess started = launcher.start(log.outputs(), variables);
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
    LogSocket workers = socket;
    if (workers != null) {
      workers.awaitQuiet();
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
    closeSocket();
  }

  private void closeSocket() {
    LogSocket opened = socket;
    if (opened == null) {
      return;
    }
    try {
      opened.close();
    } catch (IOException e) {
      // A file in the temporary folder stays.
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
