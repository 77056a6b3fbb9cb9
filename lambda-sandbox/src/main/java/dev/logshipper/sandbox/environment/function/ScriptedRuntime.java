package dev.logshipper.sandbox.environment.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.logshipper.sandbox.environment.platform.EnvironmentState;
import dev.logshipper.sandbox.environment.platform.InvocationTask;
import dev.logshipper.sandbox.environment.process.Signal;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// Runs a [ScriptedFunction] on a thread that polls for invocations as a runtime would; on Managed
/// Instances, on one thread per invocation.
final class ScriptedRuntime implements FunctionRuntime {

  /// Ends the runtime as an end of its process would.
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String errorType;

    /// @param errorType as Lambda names this end
    Crash(String errorType, String message) {
      super(message, null, false, false);
      this.errorType = errorType;
    }
  }

  private final ScriptedFunction function;
  private final FunctionLog log;
  private final boolean concurrent;
  private final InstantSource clock;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  ScriptedRuntime(
      ScriptedFunction function, FunctionLog log, boolean concurrent, InstantSource clock) {
    this.function = function;
    this.log = log;
    this.concurrent = concurrent;
    this.clock = clock;
  }

  @Override
  public void start(EnvironmentState state) {
    startThread("function", () -> runAll(state));
  }

  @Override
  public void awaitOutput() {
    // Its lines are events as soon as they are printed.
  }

  @Override
  public void signal(Signal signal) {
    // Between invocations its thread waits; there is nothing to stop.
  }

  @Override
  public void stop(long graceMillis) {
    kill();
  }

  @Override
  public void kill() {
    threads.forEach(Thread::interrupt);
  }

  private void startThread(String name, Runnable work) {
    Thread thread = Thread.ofVirtual().name(name).unstarted(work);
    threads.add(thread);
    thread.start();
  }

  private void runAll(EnvironmentState state) {
    try {
      InvocationTask task = state.nextInvocation();
      while (task != null) {
        InvocationTask current = task;
        if (concurrent) {
          startThread("function-" + task.requestId(), () -> run(state, current));
        } else if (!run(state, current)) {
          return;
        }
        task = state.nextInvocation();
      }
    } catch (InterruptedException e) {
      // The environment was reset.
    }
  }

  /// Runs the function once; false when the runtime ended with it.
  private boolean run(EnvironmentState state, InvocationTask task) {
    ScriptedInvocation invocation = new ScriptedInvocation(task);
    try {
      function.handle(invocation);
      boolean _ = state.respond(task, invocation.response, null);
      return true;
    } catch (Crash crash) {
      state.fail(crash.errorType, String.valueOf(crash.getMessage()));
      return false;
    } catch (InterruptedException e) {
      return false;
    } catch (Exception e) {
      boolean _ = state.respond(task, errorBody(e), e.getClass().getSimpleName());
      return true;
    } finally {
      if (concurrent) {
        threads.remove(Thread.currentThread());
      }
    }
  }

  private static String errorBody(Exception error) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("errorMessage", String.valueOf(error.getMessage()))
        .put("errorType", error.getClass().getSimpleName())
        .toString();
  }

  private final class ScriptedInvocation implements Invocation {

    private final InvocationTask task;
    private String response = "null";

    ScriptedInvocation(InvocationTask task) {
      this.task = task;
    }

    @Override
    public String requestId() {
      return task.requestId();
    }

    @Override
    public String payload() {
      return task.payload();
    }

    @Override
    public long remainingMillis() {
      return task.deadlineEpochMillis() - clock.millis();
    }

    @Override
    public void log(String line) {
      log.print(line);
    }

    @Override
    public void logJson(String rawJson) {
      log.print(rawJson);
    }

    @Override
    public void respond(String json) {
      response = json;
    }

    @Override
    public void take(long millis) throws InterruptedException {
      Thread.sleep(millis);
    }

    @Override
    public void hang() throws InterruptedException {
      new CountDownLatch(1).await();
    }

    @Override
    public RuntimeException crash(int exitCode) {
      throw new Crash("Runtime.ExitError", "exit code " + exitCode);
    }

    @Override
    public RuntimeException runOutOfMemory() {
      throw new Crash("Runtime.OutOfMemory", "signal: killed");
    }
  }
}
