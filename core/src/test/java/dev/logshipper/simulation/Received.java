package dev.logshipper.simulation;

import java.util.ArrayList;
import java.util.List;

/// The events that one lane was given, in their order, and how far it has sent them.
final class Received {
  private final Scenario.Lane plan;
  private final List<PlatformEvent> events = new ArrayList<>();

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
    }
  }

  int count() {
    return events.size();
  }

  /// A delivery has been dealt with.
  void handled() {
    handled = events.size();
  }

  /// How many came with deliveries that have been dealt with.
  int handledCount() {
    return handled;
  }

  /// How many were passed over by later ones, and so must have been dropped.
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

  /// Whether a record with this content was among the first so many, and did not come again later.
  boolean wasAmongFirst(int count, String content) {
    int number = PlatformEvent.numberIn(content);
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i).number() == number) {
        return i < count;
      }
    }
    return false;
  }

  /// How many are larger than the destination takes.
  long oversized() {
    long oversized = 0;
    for (PlatformEvent event : events) {
      int bytes = event.contentBytes() + plan.limits().recordOverheadBytes();
      oversized += bytes > plan.limits().recordBytesMax() ? 1 : 0;
    }
    return oversized;
  }
}
