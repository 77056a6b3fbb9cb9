package dev.logshipper.sandbox.environment;

/// How an invocation ended.
///
/// @param response what the function answered, an error's body included; empty without an answer
/// @param errorType as Lambda names it; empty on success
/// @param heldMillis how long the extensions kept the environment after the runtime was done
/// @param durationMillis from its begin to its end, extensions (and a repeated init) included
public record InvocationOutcome(
    String requestId,
    Status status,
    String response,
    String errorType,
    double heldMillis,
    double durationMillis) {

  /// How it ended.
  public enum Status {
    /// The function answered and all extensions were done in time.
    SUCCESS,
    /// The function or an extension was not done in time; the environment was reset.
    TIMEOUT,
    /// The function answered with an error, or its runtime ended or did not start.
    ERROR,
    /// An extension ended, did not start, or reported an error; the environment was reset.
    EXTENSION_CRASH
  }

  /// Whether it succeeded.
  public boolean succeeded() {
    return status == Status.SUCCESS;
  }
}
