package dev.logshipper.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.RecordTypes;
import dev.logshipper.sink.support.text.Timestamps;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Prints what the extension logs about itself: each text once and at most 200 lines, and up to
/// 10,000 lines for debugging. Thread-safe.
public final class PrintingDiagnostics implements Diagnostics {
  /// The beginning of each line that the extension prints, the launcher's included.
  public static final String PREFIX = "log-shipper: ";

  private static final int LINES_MAX = 200;
  private static final int KEPT_MAX = 50;
  private static final int DEBUG_LINES_MAX = 10_000;

  private final PrintStream out;
  private final Level level;
  private final Set<String> printed = new HashSet<>();
  private int debugLines;
  private @Nullable List<LogRecord> kept;
  private @Nullable LongSupplier epochMillis;

  /// @param level lines above it are suppressed
  public PrintingDiagnostics(PrintStream out, Level level) {
    this.out = out;
    this.level = level;
  }

  /// Keeps warnings from now on, to be shipped: up to 50, which is no loop even if shipping one
  /// caused the next.
  ///
  /// @param clock wall clock
  /// @return the records, which grow; safe to read from any thread
  public synchronized List<LogRecord> keepWarnings(LongSupplier clock) {
    List<LogRecord> records = new CopyOnWriteArrayList<>();
    kept = records;
    epochMillis = clock;
    return records;
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
    String text = exceeded ? "message limit reached; further messages suppressed" : line;
    print(text);
    if (lineLevel == Level.WARN) {
      keep(text);
    }
  }

  /// Keeps a warning that the launcher has printed, to be shipped with those printed here.
  public synchronized void keepOfLauncher(String line) {
    if (level.compareTo(Level.WARN) >= 0) {
      keep(line);
    }
  }

  private void keep(String text) {
    List<LogRecord> records = kept;
    LongSupplier clock = epochMillis;
    if (records != null && clock != null && records.size() < KEPT_MAX) {
      String time = Timestamps.format(clock.getAsLong());
      records.add(LogRecord.text(time, RecordTypes.OWN, null, onOneLine(text).getBytes(UTF_8)));
    }
  }

  private void print(String line) {
    // One write of one line: concurrent writers of the same log must not be able to split it.
    out.print(onOneLine(line) + "\n");
    out.flush();
  }

  private static String onOneLine(String line) {
    return PREFIX + line.replace('\n', ' ').replace('\r', ' ');
  }
}
