package dev.logshipper.simulation;

import dev.logshipper.intake.InvocationListener;
import dev.logshipper.lifecycle.InvocationProgress;

/// Passes on what the platform tells of invocations, and remembers it for the promises.
record News(Promises promises, InvocationProgress progress) implements InvocationListener {

  @Override
  public void started(String requestId) {
    promises.startTold(requestId);
    progress.started(requestId);
  }

  @Override
  public void completed(String requestId) {
    promises.endTold(requestId);
    progress.completed(requestId);
  }

  @Override
  public void newsHeldUp(boolean heldUp) {
    progress.newsHeldUp(heldUp);
  }
}
