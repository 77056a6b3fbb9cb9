package dev.logshipper.intake;

import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.sink.Deadline;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Takes deliveries one after the other: parse, hand over to the pipeline, tell which invocations
/// have ended, count. Thread-safe; nothing in here waits for a destination.
final class DeliveryHandler {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition handled = lock.newCondition();
  private final EventParser parser;
  private final Pipeline pipeline;
  private final Consumer<String> onCompleted;

  private long deliveries;
  private long malformed;
  private long droppedByPlatform;

  /// @param onCompleted told the request id of each invocation that the runtime has finished, after
  ///   all records of its delivery were handed over
  DeliveryHandler(EventParser parser, Pipeline pipeline, Consumer<String> onCompleted) {
    this.parser = parser;
    this.pipeline = pipeline;
    this.onCompleted = onCompleted;
  }

  /// Takes one delivery.
  ///
  /// @param body borrowed until this returns
  /// @return the number of this delivery, from one on
  long handle(byte[] body, int bodyBytes) {
    lock.lock();
    try {
      Delivery delivery = parser.parse(body, bodyBytes);
      pipeline.accept(delivery.records());
      for (String requestId : delivery.completedRequestIds()) {
        onCompleted.accept(requestId);
      }
      deliveries++;
      malformed += delivery.malformed();
      droppedByPlatform += delivery.droppedByPlatform();
      handled.signalAll();
      return deliveries;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until no delivery has come for a while.
  ///
  /// @param quiet how long that is
  /// @param latest when to stop waiting in any case
  void awaitQuiet(Duration quiet, Deadline latest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long seen;
      do {
        seen = deliveries;
        Deadline quietBy = latest.atMost(quiet);
        while (deliveries == seen && !quietBy.hasPassed()) {
          handled.awaitNanos(quietBy.remainingNanos());
        }
      } while (deliveries != seen && !latest.hasPassed());
    } finally {
      lock.unlock();
    }
  }

  IntakeCounts counts() {
    lock.lock();
    try {
      return new IntakeCounts(deliveries, malformed, droppedByPlatform);
    } finally {
      lock.unlock();
    }
  }
}
