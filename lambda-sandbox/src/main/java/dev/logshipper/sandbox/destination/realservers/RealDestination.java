package dev.logshipper.sandbox.destination.realservers;

import java.time.Duration;
import java.util.List;

/// A real server that logs can be sent to and read back from. Every method may be called from any
/// thread.
public interface RealDestination extends AutoCloseable {

  /// Where clients reach it, `http://127.0.0.1:PORT`; no slash at the end.
  String url();

  /// The log lines that it holds, asked of the server itself, in the order in which it gives them.
  ///
  /// @throws IllegalStateException when the server does not give all that it says it has
  List<String> lines();

  /// Waits until at least so many lines are in [#lines()], and returns them all.
  ///
  /// @throws AssertionError when there are fewer after the timeout
  default List<String> awaitLines(int count, Duration timeout) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    List<String> lines = lines();
    while (lines.size() < count) {
      if (System.nanoTime() > deadlineNanos) {
        throw new AssertionError(
            "%d lines after %s, waited for %d".formatted(lines.size(), timeout, count));
      }
      Thread.sleep(POLL_MILLIS);
      lines = lines();
    }
    return lines;
  }

  /// Between two questions while waiting.
  long POLL_MILLIS = 50;

  /// Stops the server where it is (SIGSTOP): its port still takes connections and requests, and
  /// nobody answers them until [#resume()].
  void suspend();

  /// Lets a suspended server go on, with the requests that came meanwhile.
  void resume();

  /// Kills the server amid what it does and starts it again on its port, with what it has stored,
  /// unless it is one that stores nothing.
  ///
  /// @throws IllegalStateException when it does not start
  void restart();

  /// What the server has printed.
  List<String> output();

  /// Kills the server and deletes what it stored.
  @Override
  void close();
}
