package dev.logshipper.intake;

import dev.logshipper.concurrent.Monitor;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.sink.Deadline;
import java.time.Duration;

/// Takes deliveries one after the other: parse, hand over to the pipeline, tell which invocations
/// have ended, count. Thread-safe; nothing in here waits for a destination.
final class DeliveryHandler {
  private final EventParser parser;
  private final Pipeline pipeline;
  private final InvocationListener invocations;
  private final Monitor monitor;

  private long deliveries;
  private long malformed;
  private long droppedByPlatform;

  /// @param invocations told after all records of the delivery were handed over
  /// @param monitor nobody else's
  DeliveryHandler(
      EventParser parser, Pipeline pipeline, InvocationListener invocations, Monitor monitor) {
    this.parser = parser;
    this.pipeline = pipeline;
    this.invocations = invocations;
    this.monitor = monitor;
  }

  /// Takes one delivery.
  ///
  /// @param body borrowed until this returns
  /// @return the number of this delivery, from one on; 0 when it held no event at all
  long handle(byte[] body, int bodyBytes) {
    monitor.lock();
    try {
      Delivery delivery = parser.parse(body, bodyBytes, pipeline::accept);
      delivery.startedRequestIds().forEach(invocations::started);
      delivery.completedRequestIds().forEach(invocations::completed);
      deliveries++;
      malformed += delivery.malformed();
      droppedByPlatform += delivery.droppedByPlatform();
      monitor.signalAll();
      return delivery.events() > 0 ? deliveries : 0;
    } finally {
      monitor.unlock();
    }
  }

  /// Waits until no delivery has come for a while.
  ///
  /// @param quiet how long that is
  /// @param latest when to stop waiting in any case
  void awaitQuiet(Duration quiet, Deadline latest) throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      long seen;
      do {
        seen = deliveries;
        Deadline quietBy = latest.atMost(quiet);
        while (deliveries == seen && !quietBy.hasPassed()) {
          monitor.awaitNanos(quietBy.remainingNanos());
        }
      } while (deliveries != seen && !latest.hasPassed());
    } finally {
      monitor.unlock();
    }
  }

  IntakeCounts counts() {
    monitor.lock();
    try {
      return new IntakeCounts(deliveries, malformed, droppedByPlatform);
    } finally {
      monitor.unlock();
    }
  }
}
