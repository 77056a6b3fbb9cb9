package dev.logshipper.intake;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// The invocations that the platform has announced, in the order of the events read so far. Decides
/// to which one a line belongs: a request id in a line counts only if it was announced, because
/// applications log ids of their own under the same names. Not thread-safe.
final class InvocationContext {
  /// More than run at the same time in one environment. The least recently used ids are forgotten.
  private static final int REMEMBERED_MAX = 2_048;

  private final boolean concurrent;
  private final LinkedHashMap<String, Invocation> announced = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable Invocation current;

  /// An announced invocation. The latest one, if several have the same request id.
  static final class Invocation {
    private final String requestId;
    private @Nullable String tenantId;
    private String startTime = "";
    private String endTime = "";

    private Invocation(String requestId) {
      this.requestId = requestId;
    }

    String requestId() {
      return requestId;
    }

    /// Null when the function does not isolate tenants.
    @Nullable String tenantId() {
      return tenantId;
    }
  }

  /// @param concurrent whether several invocations may run at the same time, so that the latest
  ///   start does not say which one a line belongs to
  InvocationContext(boolean concurrent) {
    this.concurrent = concurrent;
  }

  /// An invocation has begun.
  ///
  /// @param requestId null when the event does not name it
  /// @param time of the event, as the platform wrote it
  /// @return false for a repetition of the event, and for one without an id
  boolean started(@Nullable String requestId, String time, @Nullable String tenantId) {
    if (requestId == null) {
      current = null;
      return false;
    }
    Invocation invocation = remembered(requestId);
    invocation.tenantId = tenantId;
    if (!concurrent) {
      current = invocation;
    }
    boolean repeated = isRepetition(time, invocation.startTime);
    invocation.startTime = time;
    return !repeated;
  }

  /// An invocation has ended.
  ///
  /// @param time of the event, as the platform wrote it
  /// @return false for a repetition of the event
  boolean ended(String requestId, String time) {
    Invocation invocation = remembered(requestId);
    boolean repeated = isRepetition(time, invocation.endTime);
    invocation.endTime = time;
    return !repeated;
  }

  /// The platform repeats a delivery when the response to it was lost.
  private static boolean isRepetition(String time, String previous) {
    return !time.isEmpty() && time.equals(previous);
  }

  /// Whether several invocations may run at the same time.
  boolean isConcurrent() {
    return concurrent;
  }

  /// The only invocation that is running, as far as reported; null when unknown or concurrent.
  @Nullable Invocation current() {
    return current;
  }

  /// The announced invocation with this id; null when there is none.
  @Nullable Invocation find(String requestId) {
    Invocation running = current;
    return running != null && running.requestId.equals(requestId)
        ? running
        : announced.get(requestId);
  }

  private Invocation remembered(String requestId) {
    Invocation invocation = announced.get(requestId);
    if (invocation == null) {
      if (announced.size() == REMEMBERED_MAX) {
        announced.pollFirstEntry();
      }
      invocation = new Invocation(requestId);
      announced.put(requestId, invocation);
    }
    return invocation;
  }
}
