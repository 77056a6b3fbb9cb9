package dev.logshipper.intake;

/// Told what the platform says about invocations, after the records of the same delivery were
/// handed over. Called by the listener's threads, one at a time.
public interface InvocationListener {

  /// An invocation has begun.
  void started(String requestId);

  /// The runtime has finished an invocation, or the platform has thrown away what would have said
  /// so.
  void completed(String requestId);

  /// Some news may be in a delivery that was refused: what it tells is not to be waited for. Ends
  /// with the next delivery that is taken.
  void newsHeldUp(boolean heldUp);
}
