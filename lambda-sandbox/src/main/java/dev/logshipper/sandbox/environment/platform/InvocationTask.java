package dev.logshipper.sandbox.environment.platform;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One invocation on its way through the runtime. Its response is written under the environment's
/// monitor and may be read by any thread.
public final class InvocationTask {

  private final String invocationId = UUID.randomUUID().toString();
  private final String requestId;
  private final String traceHeader;
  private final String payload;
  private final long deadlineEpochMillis;
  private volatile @Nullable String response;
  private volatile @Nullable String errorType;

  /// Creates a task with a new request id.
  ///
  /// @param deadlineEpochMillis when the function times out
  public InvocationTask(String payload, long deadlineEpochMillis) {
    this(UUID.randomUUID().toString(), payload, deadlineEpochMillis);
  }

  /// Creates a task; another one may have the same request id.
  ///
  /// @param deadlineEpochMillis when the function times out
  public InvocationTask(String requestId, String payload, long deadlineEpochMillis) {
    this.requestId = requestId;
    this.payload = payload;
    this.deadlineEpochMillis = deadlineEpochMillis;
    String id = invocationId.replace("-", "");
    this.traceHeader =
        "Root=1-%s-%s;Parent=%s;Sampled=0"
            .formatted(id.substring(0, 8), id.substring(8), id.substring(0, 16));
  }

  /// Its own identifier, for the runtime only: attempts share a request id, but not this one.
  String invocationId() {
    return invocationId;
  }

  /// The request's identifier, for runtime and extensions.
  public String requestId() {
    return requestId;
  }

  /// The caller's payload.
  public String payload() {
    return payload;
  }

  /// When the function times out.
  public long deadlineEpochMillis() {
    return deadlineEpochMillis;
  }

  /// The value of the X-Ray header.
  public String traceHeader() {
    return traceHeader;
  }

  /// The function's response, or the body of its error; null before.
  public @Nullable String response() {
    return response;
  }

  /// The error type, if the response is an error.
  public @Nullable String errorType() {
    return errorType;
  }

  /// Whether the runtime has responded.
  public boolean responded() {
    return response != null;
  }

  void respond(String body, @Nullable String type) {
    errorType = type;
    response = body;
  }
}
