package dev.logshipper.pipeline;

import dev.logshipper.sink.Deadline;
import dev.logshipper.time.Task;
import java.util.ArrayList;
import java.util.List;

/// The threads of the lanes.
final class LaneThreads {
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();

  void add(Lane lane, Task task) {
    lanes.add(lane);
    tasks.add(task);
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  void interrupt(Lane lane) {
    tasks.get(lanes.indexOf(lane)).interrupt();
  }

  void interruptAll() {
    for (Task task : tasks) {
      task.interrupt();
    }
  }

  /// Waits for the ends of all threads.
  void join(Deadline latest) throws InterruptedException {
    for (Task task : tasks) {
      task.join(latest.remaining());
    }
  }

  /// Abandons attempts that hang. Needs the buffer's lock.
  ///
  /// @return the time until the next attempt is abandoned
  long abandonHung(long closingSinceNanos, long leftNanos, long nowNanos) {
    long next = HungAttempt.never();
    for (Lane lane : lanes) {
      long nanos = lane.attempt.nanosUntilAbandoned(closingSinceNanos, leftNanos, nowNanos);
      if (nanos <= 0) {
        lane.attempt.abandon();
        interrupt(lane);
      } else {
        next = Math.min(next, nanos);
      }
    }
    return next;
  }
}
