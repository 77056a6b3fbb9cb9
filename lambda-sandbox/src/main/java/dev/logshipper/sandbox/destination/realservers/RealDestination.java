package dev.logshipper.sandbox.destination.realservers;

import java.time.Duration;
import java.util.List;

/// A real server, one process on this machine, that logs can be sent to and read back from. Every
/// method may be called from any thread.
public abstract class RealDestination implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  private final ServerProcess process;

  RealDestination(ServerProcess process) {
    this.process = process;
  }

  /// Its address for clients, `http://127.0.0.1:PORT`; no slash at the end.
  public abstract String url();

  /// The stored log lines, read from the server, in the server's order.
  ///
  /// @throws IllegalStateException when the server returns less than it reports to have
  public abstract List<String> lines();

  /// Waits until at least this number of lines is in [#lines()], and returns them all.
  ///
  /// @throws AssertionError when there are fewer after the timeout
  public final List<String> awaitLines(int count, Duration timeout) throws InterruptedException {
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

  /// Stops the server's process (SIGSTOP): its port still accepts connections and requests, which
  /// get no response until [#resume()].
  public final void suspend() {
    process.suspend();
  }

  /// Lets a suspended server go on, with the requests received meanwhile.
  public final void resume() {
    process.resume();
  }

  /// Kills the server during its work and starts it again on its port, with its stored data, unless
  /// it is a server that stores nothing.
  ///
  /// @throws IllegalStateException when it does not start
  public final void restart() {
    process.restart();
  }

  /// The server's output.
  public final List<String> output() {
    return process.output();
  }

  /// Kills the server and deletes its data.
  @Override
  public void close() {
    process.close();
  }
}
