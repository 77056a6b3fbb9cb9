package dev.logshipper.sandbox.environment.telemetry;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Open while the environment is thawed. The platform's delivering part runs inside the environment
/// and is frozen with it.
final class Gate {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private boolean open = true;

  void open() {
    set(true);
  }

  void close() {
    set(false);
  }

  boolean isOpen() {
    lock.lock();
    try {
      return open;
    } finally {
      lock.unlock();
    }
  }

  void pass() throws InterruptedException {
    lock.lock();
    try {
      while (!open) {
        opened.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void set(boolean value) {
    lock.lock();
    try {
      open = value;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
