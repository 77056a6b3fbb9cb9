package dev.logshipper.sandbox.environment;

/// The outcome of an invocation.
///
/// @param response the function's response, or the body of its error; empty without a response
/// @param errorType as Lambda names it; empty on success
/// @param heldMillis for how long the extensions held the environment after the runtime was done
/// @param durationMillis from its begin to its end, extensions (and a repeated init) included
public record InvocationOutcome(
    String requestId,
    Status status,
    String response,
    String errorType,
    double heldMillis,
    double durationMillis) {

  /// The kind of an outcome.
  public enum Status {
    /// The function responded and all extensions were done in time.
    SUCCESS,
    /// The function or an extension was not done in time; the environment was reset.
    TIMEOUT,
    /// The function responded with an error, or its runtime ended or did not start.
    ERROR,
    /// An extension ended, did not start, or reported an error; the environment was reset.
    EXTENSION_CRASH
  }

  /// Whether it succeeded.
  public boolean succeeded() {
    return status == Status.SUCCESS;
  }
}
