package dev.logshipper.sandbox.environment.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;

/// Reads a stream to its end on a thread of its own.
public final class OutputReader implements Runnable {

  private static final long QUIET_NANOS = 500_000;
  private static final long QUIET_WAIT_NANOS_MAX = 20_000_000;

  private final InputStream input;
  private final OutputDecoder decoder;
  private final Thread thread;
  private volatile long waitingSinceNanos;

  private OutputReader(String name, InputStream input, OutputDecoder decoder) {
    this.input = input;
    this.decoder = decoder;
    this.thread = Thread.ofPlatform().daemon().name("output-of-" + name).unstarted(this);
  }

  /// Starts reading; the stream is closed at its end.
  public static OutputReader start(String name, InputStream input, OutputDecoder decoder) {
    OutputReader reader = new OutputReader(name, input, decoder);
    reader.thread.start();
    return reader;
  }

  /// Waits until all output so far was passed on: until all streams have been silent for half a
  /// millisecond, up to a limit.
  public static void awaitQuiet(Collection<OutputReader> readers) throws InterruptedException {
    long quietFromNanos = System.nanoTime() + QUIET_NANOS;
    long deadlineNanos = System.nanoTime() + QUIET_WAIT_NANOS_MAX;
    while (System.nanoTime() < deadlineNanos
        && (System.nanoTime() < quietFromNanos
            || readers.stream().anyMatch(reader -> reader.quietNanos() < QUIET_NANOS))) {
      Thread.sleep(0, 100_000);
    }
  }

  /// Waits for the end of the stream.
  void join(long millisMax) throws InterruptedException {
    thread.join(millisMax);
  }

  /// For how long there was nothing to read. (`available()` is no alternative: the stream's lock is
  /// held while reading.)
  private long quietNanos() {
    long since = waitingSinceNanos;
    return since == 0 ? 0 : System.nanoTime() - since;
  }

  @Override
  public void run() {
    byte[] chunk = new byte[64 * 1024];
    try (input) {
      for (int read = read(chunk); read >= 0; read = read(chunk)) {
        decoder.accept(chunk, 0, read);
      }
    } catch (IOException e) {
      // The program was killed; its output until then counts.
    }
    decoder.end();
    waitingSinceNanos = System.nanoTime();
  }

  private int read(byte[] chunk) throws IOException {
    waitingSinceNanos = System.nanoTime();
    int read = input.read(chunk);
    waitingSinceNanos = 0;
    return read;
  }
}
