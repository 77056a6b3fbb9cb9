package dev.logshipper.bench.process;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// The times at which numbered lines were stored at a destination. Scans all stored lines with each
/// request, so it suits some thousand lines. Thread-safe.
public final class StoredLines {
  private final Map<Integer, Long> storedNanos = new ConcurrentHashMap<>();

  private StoredLines() {}

  /// Watches a destination, whose responses are delayed.
  public static StoredLines at(Destination destination, Duration delay) {
    StoredLines stored = new StoredLines();
    destination.respond(
        destination instanceof ServiceDestination service
            ? service.handled(response -> {
              stored.note(service.lines());
              return response.after(delay);
            })
            : ScriptedResponse.computed(request -> {
              stored.note(request.lines());
              return ScriptedResponse.slow(delay);
            }));
    return stored;
  }

  private void note(List<String> lines) {
    long nanos = System.nanoTime();
    lines.forEach(
        line -> NumberedLines.numbers(line).forEach(n -> storedNanos.putIfAbsent(n, nanos)));
  }

  /// The number of distinct lines stored.
  public int count() {
    return storedNanos.size();
  }

  /// [System#nanoTime()] at which a line was first stored.
  public OptionalLong storedNanos(int number) {
    Long nanos = storedNanos.get(number);
    return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
  }

  /// The time of the latest line; empty if there is none.
  public OptionalLong lastNanos() {
    return storedNanos.values().stream().mapToLong(Long::longValue).max();
  }
}
