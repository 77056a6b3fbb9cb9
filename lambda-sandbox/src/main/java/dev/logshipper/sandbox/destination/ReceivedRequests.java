package dev.logshipper.sandbox.destination;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
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

  private final List<Entry> entries = new ArrayList<>();

  synchronized Entry add(ReceivedRequest request) {
    Entry entry = new Entry(request);
    entries.add(entry);
    notifyAll();
    return entry;
  }

  synchronized void responded(Entry entry) {
    entry.request = entry.request.withResponseWritten();
    notifyAll();
  }

  synchronized void clear() {
    entries.clear();
  }

  synchronized List<ReceivedRequest> requests() {
    return entries.stream().map(entry -> entry.request).toList();
  }

  synchronized List<String> lines() {
    return entries.stream().flatMap(entry -> entry.acknowledgedLines().stream()).toList();
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

  private synchronized void await(int wanted, Duration timeout, String unit, IntSupplier count) {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    try {
      while (count.getAsInt() < wanted) {
        long nanosLeft = deadlineNanos - System.nanoTime();
        if (nanosLeft <= 0) {
          throw new AssertionError(
              "%d %s after %s, waited for %d".formatted(count.getAsInt(), unit, timeout, wanted));
        }
        TimeUnit.NANOSECONDS.timedWait(this, nanosLeft);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + unit, e);
    }
  }
}
