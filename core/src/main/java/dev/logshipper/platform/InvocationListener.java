package dev.logshipper.platform;

/// Receives the invocation events that the platform delivers among the logs, after the records of
/// the same delivery were accepted. Called by the listener's threads, one at a time.
public interface InvocationListener {

  /// An invocation has begun.
  void started(String requestId);

  /// The runtime has finished an invocation.
  ///
  /// @param epochMillis when, by the platform's clock, in milliseconds since 1970; 0 if unknown
  void completed(String requestId, long epochMillis);

  /// The platform has dropped events. The end of the invocation that is running, as far as
  /// reported, may be among them.
  void completionLost(String requestId);

  /// A delivery was rejected for lack of room, and may contain the start or end of an invocation.
  /// Until the next delivery is accepted, waiting for either is pointless.
  void telemetryDelayed(boolean delayed);
}
