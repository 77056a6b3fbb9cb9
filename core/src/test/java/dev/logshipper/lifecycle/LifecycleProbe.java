package dev.logshipper.lifecycle;

import dev.logshipper.flush.InvocationHistory;
import java.lang.reflect.Field;

/// Looks into a lifecycle from a test, on its own thread or while it does not run.
public final class LifecycleProbe {
  private final InvocationHistory history;

  /// @param lifecycle to look into
  public LifecycleProbe(Lifecycle lifecycle) {
    try {
      Field field = Lifecycle.class.getDeclaredField("history");
      field.setAccessible(true);
      this.history = (InvocationHistory) field.get(lifecycle);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("history has another name now", e);
    }
  }

  /// Whether the policy deferred the flush of the latest invocation.
  public boolean defersFlush() {
    return history.backlog() > 0;
  }
}
