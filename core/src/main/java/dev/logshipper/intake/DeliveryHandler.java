package dev.logshipper.intake;

import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.platform.InvocationListener;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.time.Monitor;
import java.io.IOException;
import java.time.Duration;

/// Handles deliveries one after the other: parses them, passes the records to the pipeline, reports
/// invocations, counts. Never waits for a destination while handling. Thread-safe.
final class DeliveryHandler {
  /// Short, because the timeout of the platform's client is not documented; long enough for a send
  /// in progress to finish.
  private static final Duration ROOM_WAIT_MAX = Duration.ofSeconds(1);

  private final EventParser parser;
  private final Pipeline pipeline;
  private final InvocationListener invocations;
  private final boolean backpressure;
  private final Diagnostics diagnostics;
  private final Monitor monitor;

  private IntakeCounts counts = IntakeCounts.NONE;
  private boolean rejecting;

  /// @param invocations notified after all records of a delivery were passed on
  /// @param backpressure whether deliveries may be rejected while the buffer is nearly full
  /// @param monitor not shared
  DeliveryHandler(
      EventParser parser,
      Pipeline pipeline,
      InvocationListener invocations,
      boolean backpressure,
      Diagnostics diagnostics,
      Monitor monitor) {
    this.parser = parser;
    this.pipeline = pipeline;
    this.invocations = invocations;
    this.backpressure = backpressure;
    this.diagnostics = diagnostics;
    this.monitor = monitor;
  }

  /// The sender of a delivery.
  @FunctionalInterface
  interface Peer {
    /// Whether it still waits for a response.
    boolean isConnected() throws IOException;
  }

  /// Waits for room for a delivery before any of it is accepted, so that its repetition duplicates
  /// nothing.
  ///
  /// @param peer checked after a wait only: a peer that has disconnected will deliver again
  /// @return false when the platform is to keep the delivery and repeat it
  boolean awaitRoom(int bodyBytes, Peer peer) throws IOException, InterruptedException {
    if (!backpressure || pipeline.awaitRoom(bodyBytes, Duration.ZERO)) {
      return true;
    }
    if (pipeline.awaitRoom(bodyBytes, ROOM_WAIT_MAX) && peer.isConnected()) {
      return true;
    }
    monitor.lock();
    try {
      rejecting = true;
      invocations.telemetryDelayed(true);
      diagnostics.debug("the buffer is nearly full: the platform holds the logs for now");
      // awaitIdle has longer to wait.
      monitor.signalAll();
      return false;
    } finally {
      monitor.unlock();
    }
  }

  /// Handles one delivery.
  ///
  /// @param body not kept
  /// @return whether it contained any event
  boolean handle(byte[] body, int bodyBytes) {
    monitor.lock();
    try {
      Delivery delivery = parser.parse(body, bodyBytes, pipeline::accept);
      for (Delivery.Report report : delivery.reports()) {
        report.passTo(invocations);
      }
      if (rejecting) {
        rejecting = false;
        invocations.telemetryDelayed(false);
      }
      counts = counts.plus(delivery);
      if (delivery.droppedByPlatform() > 0) {
        diagnostics.warn(
            "the platform dropped records before their delivery; the ledger counts them"
                + " (platform_dropped)");
      }
      monitor.signalAll();
      return delivery.events() > 0;
    } finally {
      monitor.unlock();
    }
  }

  /// Waits until no delivery has arrived for a while. One that was rejected is still to come, and
  /// so is the first one: of a function that dies in its init, all lines are in it.
  ///
  /// @param quiet length of that while
  /// @param latest end of the wait in any case
  void awaitIdle(Duration quiet, Deadline latest) throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      long seen;
      do {
        seen = counts.deliveries();
        Deadline quietBy = seen == 0 ? latest : latest.atMost(quiet);
        while (counts.deliveries() == seen && !(rejecting ? latest : quietBy).hasPassed()) {
          monitor.awaitNanos((rejecting ? latest : quietBy).remainingNanos());
        }
      } while (counts.deliveries() != seen && !latest.hasPassed());
    } finally {
      monitor.unlock();
    }
  }

  IntakeCounts counts() {
    monitor.lock();
    try {
      return counts;
    } finally {
      monitor.unlock();
    }
  }
}
