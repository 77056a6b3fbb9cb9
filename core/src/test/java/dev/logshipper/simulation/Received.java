package dev.logshipper.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The events that one lane received, in order, and the position that it has sent them up to.
final class Received {
  private final Scenario.Lane plan;
  private final List<PlatformEvent> events = new ArrayList<>();
  private final Map<Integer, Integer> copies = new HashMap<>();

  /// The first that may still be sent.
  private int next;

  private long skipped;
  private int handled;

  Received(Scenario.Lane plan) {
    this.plan = plan;
  }

  /// An event is being handed to the pipeline.
  void add(PlatformEvent event) {
    if (event.records() > 0 && !plan.unwanted().contains(event.category())) {
      events.add(event);
      copies.merge(event.number(), 1, Integer::sum);
    }
  }

  int count() {
    return events.size();
  }

  /// A delivery has been handled.
  void handled() {
    handled = events.size();
  }

  /// Number of events in deliveries that have been handled.
  int handledCount() {
    return handled;
  }

  /// Number of events that were passed over by later ones, and so must have been dropped.
  long skipped() {
    return skipped;
  }

  /// A record with this content is sent for the first time.
  ///
  /// @return false when it was sent before, or later ones were
  boolean isNext(String content) {
    int number = PlatformEvent.numberIn(content);
    while (next < events.size() && events.get(next).number() != number) {
      next++;
      skipped++;
    }
    next++;
    return next <= events.size();
  }

  /// Number of times that the event with this number was received: the platform may deliver again.
  int copies(int number) {
    return copies.getOrDefault(number, 0);
  }

  /// Whether a record with this content was among the first events, and was not received again
  /// later.
  boolean wasAmongFirst(int count, String content) {
    int number = PlatformEvent.numberIn(content);
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i).number() == number) {
        return i < count;
      }
    }
    return false;
  }

  /// Number of events that make each send fail.
  long poisons() {
    long poisons = 0;
    for (PlatformEvent event : events) {
      poisons += plan.isPoison(event.number()) ? 1 : 0;
    }
    return poisons;
  }

  /// Number of events that are larger than the destination accepts.
  long oversized() {
    long oversized = 0;
    for (PlatformEvent event : events) {
      int bytes = event.contentBytes() + plan.limits().recordOverheadBytes();
      oversized += bytes > plan.limits().recordBytesMax() ? 1 : 0;
    }
    return oversized;
  }
}
