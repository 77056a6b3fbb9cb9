package dev.logshipper.sandbox.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Cuts a program's output into lines, on a thread of its own. A line longer than Lambda's limit
/// for a log event is cut there.
final class LinePump implements Runnable {

  static final int LINE_BYTES_MAX = 256 * 1024;

  private final InputStream output;
  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile boolean reading;

  LinePump(InputStream output, Consumer<String> lines) {
    this.output = output;
    this.lines = lines;
  }

  /// Whether everything the program has written so far was passed on.
  boolean idle() {
    try {
      return reading && output.available() == 0 && reading;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void run() {
    byte[] chunk = new byte[64 * 1024];
    try {
      for (int read = read(chunk); read >= 0; read = read(chunk)) {
        split(chunk, read);
      }
    } catch (IOException e) {
      // The program was killed; what it had printed until then counts.
    }
    if (line.size() > 0) {
      passOn();
    }
    reading = true;
  }

  private int read(byte[] chunk) throws IOException {
    reading = true;
    int read = output.read(chunk);
    reading = false;
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
