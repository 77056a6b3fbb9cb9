package dev.logshipper.intake;

import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.platform.InvocationListener;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.time.Monitor;
import java.io.IOException;
import java.time.Duration;

/// Takes deliveries one after the other: parse, hand over to the pipeline, tell which invocations
/// have ended, count. Thread-safe; a delivery that is being taken waits for no destination.
final class DeliveryHandler {
  /// Short, because nobody knows how long the platform's client waits for an answer; long enough
  /// for a send that is under way to end.
  private static final Duration ROOM_WAIT_MAX = Duration.ofSeconds(1);

  private final EventParser parser;
  private final Pipeline pipeline;
  private final InvocationListener invocations;
  private final boolean backpressure;
  private final Diagnostics diagnostics;
  private final Monitor monitor;

  private long deliveries;
  private long malformed;
  private long droppedByPlatform;
  private boolean heldUp;

  /// @param invocations told after all records of the delivery were handed over
  /// @param backpressure whether deliveries may be refused while the buffer is nearly full
  /// @param monitor nobody else's
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

  /// Who delivers.
  @FunctionalInterface
  interface Peer {
    /// Whether it still waits for an answer.
    boolean isListening() throws IOException;
  }

  /// Waits for room for a delivery, of which nothing has been taken yet, so that its repetition is
  /// none of what was taken.
  ///
  /// @param peer asked only after a wait: one that has hung up will deliver again
  /// @return false when the platform is to keep it and deliver it again
  boolean awaitRoom(int bodyBytes, Peer peer) throws IOException, InterruptedException {
    if (!backpressure || pipeline.awaitRoom(bodyBytes, Duration.ZERO)) {
      return true;
    }
    if (pipeline.awaitRoom(bodyBytes, ROOM_WAIT_MAX) && peer.isListening()) {
      return true;
    }
    monitor.lock();
    try {
      heldUp = true;
      invocations.telemetryDelayed(true);
      diagnostics.debug("the buffer is nearly full: the platform holds the logs for now");
      // Whoever waits for quiet has longer to wait.
      monitor.signalAll();
      return false;
    } finally {
      monitor.unlock();
    }
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
      if (heldUp) {
        heldUp = false;
        invocations.telemetryDelayed(false);
      }
      deliveries++;
      malformed += delivery.malformed();
      droppedByPlatform += delivery.droppedByPlatform();
      monitor.signalAll();
      return delivery.events() > 0 ? deliveries : 0;
    } finally {
      monitor.unlock();
    }
  }

  /// Waits until no delivery has come for a while. One that was refused is still to come.
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
        while (deliveries == seen && !(heldUp ? latest : quietBy).hasPassed()) {
          monitor.awaitNanos((heldUp ? latest : quietBy).remainingNanos());
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
