package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.InvocationOutcome.Status;
import dev.logshipper.sandbox.environment.platform.EnvironmentFailure;
import dev.logshipper.sandbox.environment.platform.InvocationTask;
import org.jspecify.annotations.Nullable;

/// The names of an invocation's outcome, for the caller and on the wire. No failure means that
/// runtime and extensions were done in time.
final class Outcomes {

  /// The error type of a timeout. Not sent on the wire, where the status is enough.
  static final String TIMED_OUT = "Sandbox.Timedout";

  private Outcomes() {}

  private static Status status(InvocationTask task, @Nullable EnvironmentFailure failure) {
    if (failure == null) {
      return task.errorType() == null ? Status.SUCCESS : Status.ERROR;
    }
    if (failure.errorType().equals(TIMED_OUT)) {
      return Status.TIMEOUT;
    }
    return failure.errorType().startsWith("Extension.") ? Status.EXTENSION_CRASH : Status.ERROR;
  }

  static InvocationOutcome of(
      InvocationTask task,
      @Nullable EnvironmentFailure failure,
      double heldMillis,
      double durationMillis) {
    String functionError = orEmpty(task.errorType());
    return new InvocationOutcome(
        task.requestId(),
        status(task, failure),
        orEmpty(task.response()),
        failure == null ? functionError : failure.errorType(),
        heldMillis,
        durationMillis);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /// A response that is an error is a success on the wire: the runtime did its work.
  static String wireStatus(@Nullable EnvironmentFailure failure) {
    if (failure == null) {
      return "success";
    }
    return failure.errorType().equals(TIMED_OUT) ? "timeout" : "error";
  }

  static String wireErrorType(@Nullable EnvironmentFailure failure) {
    return failure == null || failure.errorType().equals(TIMED_OUT) ? "" : failure.errorType();
  }
}
