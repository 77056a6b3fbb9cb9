package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.platform.EnvironmentFailure;
import dev.logshipper.sandbox.environment.platform.InvocationTask;
import java.util.concurrent.locks.ReentrantLock;

/// Invocations of the function: one at a time, except on Managed Instances.
final class Invoker {

  private final SandboxSettings settings;
  private final Worker worker;
  private final ReentrantLock turn;
  private double unreportedStartMillis;
  private boolean closed;

  /// @param turn held while the environment is changed
  Invoker(SandboxSettings settings, Worker worker, ReentrantLock turn) {
    this.settings = settings;
    this.worker = worker;
    this.turn = turn;
  }

  /// Has the next invocation report the duration of the last init, unless that made a snapshot.
  void reportInitNext() {
    unreportedStartMillis = settings.snapStart() ? 0 : worker.init().millis();
  }

  /// Restores the environment if it is a snapshot.
  void restore() throws InterruptedException {
    turn.lockInterruptibly();
    try {
      restoreInTurn();
    } finally {
      turn.unlock();
    }
  }

  private void restoreInTurn() throws InterruptedException {
    long deadlineNanos = System.nanoTime() + settings.initTimeoutMillis() * 1_000_000L;
    double millis = worker.restore(deadlineNanos);
    if (millis > 0) {
      unreportedStartMillis = millis;
    }
  }

  /// Rejects all further invocations. The caller has the turn.
  void close() {
    closed = true;
  }

  InvocationOutcome invoke(String payload, String requestId) throws InterruptedException {
    return settings.managedInstances()
        ? invokeConcurrently(payload, requestId)
        : invokeInTurn(payload, requestId);
  }

  private InvocationOutcome invokeInTurn(String payload, String requestId)
      throws InterruptedException {
    turn.lockInterruptibly();
    try {
      InvocationTask task = task(payload, requestId);
      restoreInTurn();
      worker.thaw();
      long beginNanos = System.nanoTime();
      if (!worker.ensureRunning("invoke", deadlineNanos(beginNanos))) {
        return failedInit(task, beginNanos);
      }
      InvokePhase.Result result =
          new InvokePhase(settings, worker, task, beginNanos, unreportedStartMillis).run();
      unreportedStartMillis = 0;
      if (result.resetReason().isEmpty()) {
        worker.freezeIfEnabled();
      } else {
        ShutdownOutcome _ = worker.end(result.resetReason());
      }
      return result.outcome();
    } finally {
      turn.unlock();
    }
  }

  private InvocationOutcome invokeConcurrently(String payload, String requestId)
      throws InterruptedException {
    long beginNanos = System.nanoTime();
    InvocationTask task;
    Environment environment;
    turn.lockInterruptibly();
    try {
      task = task(payload, requestId);
      if (!worker.ensureRunning("invoke", deadlineNanos(beginNanos))) {
        return failedInit(task, beginNanos);
      }
      environment = worker.environment();
    } finally {
      turn.unlock();
    }
    InvokePhase.Result result =
        new ManagedInvocation(settings, environment, worker).run(task, beginNanos);
    if (!result.resetReason().isEmpty()) {
      endOnce(environment, result.resetReason());
    }
    return result.outcome();
  }

  /// Ends a failed environment at the first of the invocations that notice the failure.
  private void endOnce(Environment environment, String reason) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      if (worker.runs(environment)) {
        ShutdownOutcome _ = worker.end(reason);
      }
    } finally {
      turn.unlock();
    }
  }

  private long deadlineNanos(long beginNanos) {
    return beginNanos + settings.timeoutMillis() * 1_000_000L;
  }

  private InvocationTask task(String payload, String requestId) {
    if (closed) {
      throw new IllegalStateException("The sandbox was shut down");
    }
    return new InvocationTask(
        requestId, payload, settings.clock().millis() + settings.timeoutMillis());
  }

  private InvocationOutcome failedInit(InvocationTask task, long beginNanos) {
    EnvironmentFailure failure =
        new EnvironmentFailure(worker.init().errorType(), worker.init().message());
    double millis = (System.nanoTime() - beginNanos) / 1e6;
    return Outcomes.of(task, failure, 0, millis);
  }
}
