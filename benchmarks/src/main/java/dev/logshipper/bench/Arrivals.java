package dev.logshipper.bench;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// When each numbered line was stored at a destination. It looks at all that is stored with each
/// request, so it is for some thousand lines. Safe for use by several threads.
final class Arrivals {
  private final Map<Integer, Long> storedNanos = new ConcurrentHashMap<>();

  private Arrivals() {}

  /// Watches a destination, which does what it is there for and answers so much later.
  static Arrivals at(Destination destination, Duration delay) {
    Arrivals arrivals = new Arrivals();
    destination.respond(
        destination instanceof ServiceDestination service
            ? service.handled(reply -> {
              arrivals.note(service.lines());
              return reply.after(delay);
            })
            : ScriptedResponse.computed(request -> {
              arrivals.note(request.lines());
              return ScriptedResponse.slow(delay);
            }));
    return arrivals;
  }

  private void note(List<String> lines) {
    long nanos = System.nanoTime();
    lines.forEach(
        line -> NumberedLines.numbers(line).forEach(n -> storedNanos.putIfAbsent(n, nanos)));
  }

  /// How many different lines are stored.
  int count() {
    return storedNanos.size();
  }

  /// [System#nanoTime()] when it was stored first.
  OptionalLong storedNanos(int number) {
    Long nanos = storedNanos.get(number);
    return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
  }

  /// When the last one that came was stored, if there is one.
  OptionalLong lastNanos() {
    return storedNanos.values().stream().mapToLong(Long::longValue).max();
  }
}
