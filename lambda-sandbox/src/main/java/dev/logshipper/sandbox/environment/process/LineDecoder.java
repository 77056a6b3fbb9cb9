package dev.logshipper.sandbox.environment.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Splits output into lines. A line longer than Lambda's limit for a log event is cut there.
public final class LineDecoder implements OutputDecoder {

  /// Lambda's limit for a log event.
  public static final int EVENT_BYTES_MAX = 256 * 1024;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /// @param lines called with each line, without its line feed
  public LineDecoder(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void accept(byte[] chunk, int offset, int length) {
    int start = offset;
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      if (chunk[i] == '\n') {
        line.write(chunk, start, i - start);
        passOn();
        start = i + 1;
      } else if (line.size() + i - start >= EVENT_BYTES_MAX) {
        line.write(chunk, start, i - start);
        passOn();
        start = i;
      }
    }
    line.write(chunk, start, end - start);
  }

  @Override
  public void end() {
    if (line.size() > 0) {
      passOn();
    }
  }

  private void passOn() {
    lines.accept(line.toString(StandardCharsets.UTF_8));
    line.reset();
  }
}
