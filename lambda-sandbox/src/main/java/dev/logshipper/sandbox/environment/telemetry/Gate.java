package dev.logshipper.sandbox.environment.telemetry;

/// Open while the environment is thawed. The platform's delivering part runs inside the environment
/// and is frozen with it.
final class Gate {
  private boolean open = true;

  synchronized void open() {
    open = true;
    notifyAll();
  }

  synchronized void close() {
    open = false;
  }

  synchronized boolean isOpen() {
    return open;
  }

  synchronized void pass() throws InterruptedException {
    while (!open) {
      wait();
    }
  }
}
