package dev.logshipper.sink.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Captures the standard streams, and log messages that would be printed to them, until closed.
final class CapturedStreams implements AutoCloseable {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Logger root = Logger.getLogger("");
  private final Handler handler;

  CapturedStreams() {
    PrintStream all = new PrintStream(bytes, true, UTF_8);
    System.setOut(all);
    System.setErr(all);
    // java.util.logging prints this level and above, to the stream that it once looked up.
    handler = new Collecting(all);
    handler.setLevel(Level.INFO);
    root.addHandler(handler);
  }

  String text() {
    return bytes.toString(UTF_8);
  }

  @Override
  public void close() {
    root.removeHandler(handler);
    System.setOut(out);
    System.setErr(err);
  }

  private static final class Collecting extends Handler {
    private final PrintStream out;

    Collecting(PrintStream out) {
      this.out = out;
    }

    @Override
    public void publish(LogRecord record) {
      if (isLoggable(record)) {
        out.println(record.getLoggerName() + ": " + record.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
