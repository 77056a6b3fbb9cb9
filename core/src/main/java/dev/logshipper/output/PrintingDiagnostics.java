package dev.logshipper.output;

import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.Level;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/// Prints what the extension logs about itself: each text once and at most 200 lines, and up to
/// 10,000 lines for debugging. Thread-safe.
public final class PrintingDiagnostics implements Diagnostics {
  /// The beginning of each line that the extension prints, the launcher's included.
  public static final String PREFIX = "log-shipper: ";

  private static final int LINES_MAX = 200;
  private static final int DEBUG_LINES_MAX = 10_000;

  private final PrintStream out;
  private final Level level;
  private final Set<String> printed = new HashSet<>();
  private int debugLines;

  /// @param level lines above it are suppressed
  public PrintingDiagnostics(PrintStream out, Level level) {
    this.out = out;
    this.level = level;
  }

  @Override
  public void warn(String line) {
    log(Level.WARN, line);
  }

  @Override
  public void info(String line) {
    log(Level.INFO, line);
  }

  @Override
  public synchronized void debug(String line) {
    if (isDebug() && debugLines < DEBUG_LINES_MAX) {
      debugLines++;
      print(line);
    }
  }

  @Override
  public boolean isDebug() {
    return level == Level.DEBUG;
  }

  /// Logs a line at the end of the run, also beyond the message limit.
  public synchronized void summary(Level lineLevel, String line) {
    if (level.compareTo(lineLevel) >= 0) {
      print(line);
    }
  }

  private synchronized void log(Level lineLevel, String line) {
    if (level.compareTo(lineLevel) < 0 || printed.size() > LINES_MAX || !printed.add(line)) {
      return;
    }
    boolean exceeded = printed.size() > LINES_MAX;
    print(exceeded ? "message limit reached; further messages suppressed" : line);
  }

  private void print(String line) {
    // One write of one line: concurrent writers of the same log must not be able to split it.
    out.print(PREFIX + line.replace('\n', ' ').replace('\r', ' ') + "\n");
    out.flush();
  }
}
