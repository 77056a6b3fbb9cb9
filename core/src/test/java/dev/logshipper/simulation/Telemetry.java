package dev.logshipper.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The platform's side of the deliveries: buffers events, posts them, repeats unacknowledged
/// deliveries, and drops events that do not fit.
final class Telemetry {
  static final long BUFFERING_NANOS = 25_000_000;
  private static final int ITEMS_MAX = 20;
  private static final long BACKOFF_NANOS = 10_000_000;
  private static final long BACKOFF_NANOS_MAX = 1_000_000_000;
  private static final int CONNECTIONS = 3;

  private final Scenario.Platform plan;
  private final SimulatedScheduler scheduler;
  private final SeededRandom random;
  private final SimulatedMonitor monitor;
  private final ArrayDeque<PlatformEvent> buffered = new ArrayDeque<>();
  private final ArrayDeque<Delivery> posted = new ArrayDeque<>();
  private boolean ended;
  private int numbers;
  private long unreportedDrops;

  /// One POST, perhaps repeated.
  static final class Delivery {
    final List<PlatformEvent> events;
    final byte[] body;
    boolean responded;
    boolean accepted;

    Delivery(List<PlatformEvent> events) {
      this.events = events;
      this.body = PlatformEvent.body(events);
    }
  }

  /// The receiver of posted deliveries.
  interface Receiver {
    /// Accepts or rejects a delivery.
    ///
    /// @return whether it was accepted
    boolean handle(Delivery delivery) throws InterruptedException;
  }

  Telemetry(Scenario.Platform plan, SimulatedScheduler scheduler, SeededRandom random) {
    this.plan = plan;
    this.scheduler = scheduler;
    this.random = random;
    this.monitor = new SimulatedMonitor(scheduler);
  }

  void start(Receiver receiver) {
    scheduler.startOutside("telemetry", () -> uninterrupted(this::deliverAll));
    for (int i = 0; i < CONNECTIONS; i++) {
      scheduler.start("connection-" + i, () -> uninterrupted(() -> serve(receiver)));
    }
  }

  /// Work that is never interrupted.
  interface Work {
    void run() throws InterruptedException;
  }

  static void uninterrupted(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void line() {
    boolean malformed = random.percent(plan.malformedPercent());
    int number = numbers++;
    emit(
        malformed
            ? PlatformEvent.malformed(number)
            : PlatformEvent.line(number, random.below(plan.lineBytesMax())));
  }

  void report(String type, String requestId) {
    emit(PlatformEvent.report(numbers++, type, requestId));
  }

  private void emit(PlatformEvent event) {
    monitor.lock();
    try {
      if (buffered.size() >= plan.bufferedEventsMax()) {
        unreportedDrops++;
      } else {
        buffered.addLast(event);
        monitor.signalAll();
      }
    } finally {
      monitor.unlock();
    }
  }

  void end() {
    monitor.lock();
    try {
      ended = true;
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }

  /// The environment continues after a freeze.
  void thawed() {
    monitor.lock();
    try {
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }

  private void deliverAll() throws InterruptedException {
    Delivery delivery = next();
    while (delivery != null) {
      long backoff = BACKOFF_NANOS;
      while (!isDelivered(delivery)) {
        scheduler.sleep(backoff);
        backoff = Math.min(BACKOFF_NANOS_MAX, backoff * 2);
      }
      delivery = next();
    }
  }

  private @Nullable Delivery next() throws InterruptedException {
    monitor.lock();
    try {
      while (!ended && (buffered.isEmpty() || scheduler.isFrozen())) {
        monitor.awaitNanos(SimulatedTask.NEVER);
      }
      long by = scheduler.now() + BUFFERING_NANOS;
      while (!ended && buffered.size() < ITEMS_MAX && scheduler.now() < by) {
        monitor.awaitNanos(by - scheduler.now());
      }
      if (ended) {
        return null;
      }
      List<PlatformEvent> events = new ArrayList<>();
      if (unreportedDrops > 0) {
        events.add(PlatformEvent.dropped(numbers++, unreportedDrops));
        unreportedDrops = 0;
      }
      while (!buffered.isEmpty() && events.size() < ITEMS_MAX) {
        events.add(buffered.removeFirst());
      }
      return new Delivery(List.copyOf(events));
    } finally {
      monitor.unlock();
    }
  }

  /// Posts and waits for the response, which may be lost.
  private boolean isDelivered(Delivery delivery) throws InterruptedException {
    monitor.lock();
    try {
      delivery.responded = false;
      posted.addLast(delivery);
      monitor.signalAll();
      long by = scheduler.now() + plan.responseTimeoutNanos();
      while (!ended && !delivery.responded && (scheduler.isFrozen() || scheduler.now() < by)) {
        if (scheduler.isFrozen()) {
          monitor.awaitNanos(SimulatedTask.NEVER);
          by = scheduler.now() + plan.responseTimeoutNanos();
        } else {
          monitor.awaitNanos(by - scheduler.now());
        }
      }
      if (ended) {
        return true;
      }
      return delivery.responded && delivery.accepted && !random.percent(plan.lostResponsePercent());
    } finally {
      monitor.unlock();
    }
  }

  /// A connection of the listener.
  private void serve(Receiver receiver) throws InterruptedException {
    Delivery delivery = nextPosted();
    while (delivery != null) {
      boolean accepted = receiver.handle(delivery);
      monitor.lock();
      delivery.responded = true;
      delivery.accepted = accepted;
      monitor.signalAll();
      monitor.unlock();
      delivery = nextPosted();
    }
  }

  private @Nullable Delivery nextPosted() throws InterruptedException {
    monitor.lock();
    try {
      while (!ended && posted.isEmpty()) {
        monitor.awaitNanos(SimulatedTask.NEVER);
      }
      return ended ? null : posted.removeFirst();
    } finally {
      monitor.unlock();
    }
  }
}
