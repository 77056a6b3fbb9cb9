package dev.logshipper.sandbox.destination;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All requests received so far, in order of arrival, and waits for more. Safe for any thread.
final class ReceivedRequests {

  /// An entry in the order of arrival; its request changes once, when the response was written.
  static final class Entry {
    private ReceivedRequest request;
    private @Nullable List<String> lines;

    private Entry(ReceivedRequest request) {
      this.request = request;
    }

    private List<String> acknowledgedLines() {
      if (!request.acknowledged()) {
        return List.of();
      }
      if (lines == null) {
        lines = request.lines();
      }
      return lines;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Entry> entries = new ArrayList<>();

  Entry add(ReceivedRequest request) {
    Entry entry = new Entry(request);
    change(() -> entries.add(entry));
    return entry;
  }

  void responded(Entry entry) {
    change(() -> entry.request = entry.request.withResponseWritten());
  }

  void clear() {
    change(entries::clear);
  }

  List<ReceivedRequest> requests() {
    return read(() -> entries.stream().map(entry -> entry.request).toList());
  }

  List<String> lines() {
    return read(() -> entries.stream().flatMap(e -> e.acknowledgedLines().stream()).toList());
  }

  List<ReceivedRequest> awaitRequests(int count, Duration timeout) {
    await(count, timeout, "requests", entries::size);
    return requests();
  }

  List<String> awaitLines(int count, Duration timeout) {
    await(
        count,
        timeout,
        "lines",
        () -> entries.stream().mapToInt(entry -> entry.acknowledgedLines().size()).sum());
    return lines();
  }

  /// Waits for lines that are stored elsewhere and change, if at all, before a request is recorded
  /// here.
  List<String> awaitLines(int count, Duration timeout, Supplier<List<String>> lines) {
    await(count, timeout, "lines", () -> lines.get().size());
    return lines.get();
  }

  private void await(int wanted, Duration timeout, String what, Supplier<Integer> count) {
    lock.lock();
    try {
      long nanosLeft = timeout.toNanos();
      while (count.get() < wanted) {
        if (nanosLeft <= 0) {
          throw new AssertionError(
              "%d %s after %s, waited for %d".formatted(count.get(), what, timeout, wanted));
        }
        nanosLeft = changed.awaitNanos(nanosLeft);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + what, e);
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private <T> T read(Supplier<T> reading) {
    lock.lock();
    try {
      return reading.get();
    } finally {
      lock.unlock();
    }
  }
}
