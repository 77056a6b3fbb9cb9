package dev.logshipper.sandbox.environment.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Splits a program's output into lines, on another thread. A line longer than Lambda's limit for a
/// log event is cut there.
final class LinePump implements Runnable {

  static final int LINE_BYTES_MAX = 256 * 1024;

  private final InputStream output;
  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile long waitingSinceNanos;

  LinePump(InputStream output, Consumer<String> lines) {
    this.output = output;
    this.lines = lines;
  }

  /// For how long there was nothing to read. (`available()` is no alternative: the stream's lock is
  /// held while reading.)
  long quietNanos() {
    long since = waitingSinceNanos;
    return since == 0 ? 0 : System.nanoTime() - since;
  }

  @Override
  public void run() {
    byte[] chunk = new byte[64 * 1024];
    try {
      for (int read = read(chunk); read >= 0; read = read(chunk)) {
        split(chunk, read);
      }
    } catch (IOException e) {
      // The program was killed; its output until then counts.
    }
    if (line.size() > 0) {
      passOn();
    }
    waitingSinceNanos = System.nanoTime();
  }

  private int read(byte[] chunk) throws IOException {
    waitingSinceNanos = System.nanoTime();
    int read = output.read(chunk);
    waitingSinceNanos = 0;
    return read;
  }

  private void split(byte[] chunk, int length) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n') {
        line.write(chunk, start, i - start);
        passOn();
        start = i + 1;
      } else if (line.size() + i - start >= LINE_BYTES_MAX) {
        line.write(chunk, start, i - start);
        passOn();
        start = i;
      }
    }
    line.write(chunk, start, length - start);
  }

  private void passOn() {
    lines.accept(line.toString(StandardCharsets.UTF_8));
    line.reset();
  }
}
