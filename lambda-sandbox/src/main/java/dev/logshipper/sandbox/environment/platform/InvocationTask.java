package dev.logshipper.sandbox.environment.platform;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One invocation on its way through the runtime. Its answer is written under the environment's
/// monitor and may be read by any thread.
public final class InvocationTask {

  private final String requestId = UUID.randomUUID().toString();
  private final String traceHeader;
  private final String payload;
  private final long deadlineEpochMillis;
  private volatile @Nullable String response;
  private volatile @Nullable String errorType;
  private volatile long answeredNanos;

  /// Makes one with a new identifier.
  ///
  /// @param deadlineEpochMillis when the function times out
  public InvocationTask(String payload, long deadlineEpochMillis) {
    this.payload = payload;
    this.deadlineEpochMillis = deadlineEpochMillis;
    String id = requestId.replace("-", "");
    this.traceHeader =
        "Root=1-%s-%s;Parent=%s;Sampled=0"
            .formatted(id.substring(0, 8), id.substring(8), id.substring(0, 16));
  }

  /// Its identifier, as runtime and extensions are told.
  public String requestId() {
    return requestId;
  }

  /// What the caller sent.
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

  /// What the function answered, an error's body too; null before.
  public @Nullable String response() {
    return response;
  }

  /// The error type, when the function answered with an error.
  public @Nullable String errorType() {
    return errorType;
  }

  /// Whether the runtime has answered.
  public boolean answered() {
    return response != null;
  }

  /// [System#nanoTime()] at the answer, 0 before.
  public long answeredNanos() {
    return answeredNanos;
  }

  void answer(String body, @Nullable String type) {
    answeredNanos = System.nanoTime();
    errorType = type;
    response = body;
  }
}
