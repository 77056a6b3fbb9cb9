package dev.logshipper.sink;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/// The extension's own voice, and the only code that prints. A line costs its user money and may
/// come back as input, so each text is printed once and all together not more than a fixed number
/// of them.
///
/// Thread-safe. Never pass a secret or a line of somebody's log.
public final class Diagnostics {
  /// How much is said, from nothing to everything.
  public enum Level {
    OFF,
    WARN,
    INFO,
    DEBUG
  }

  /// With what each of the extension's lines begins, the launcher's included.
  public static final String PREFIX = "log-shipper: ";

  private static final int LINES_MAX = 200;

  private final PrintStream out;
  private final Level level;
  private final Set<String> said = new HashSet<>();

  /// @param level lines above it are left out
  public Diagnostics(PrintStream out, Level level) {
    this.out = out;
    this.level = level;
  }

  /// Something a person should act on.
  public void warn(String line) {
    say(Level.WARN, line);
  }

  /// Something worth knowing when all is well.
  public void info(String line) {
    say(Level.INFO, line);
  }

  /// Something worth knowing when looking for a fault.
  public void debug(String line) {
    say(Level.DEBUG, line);
  }

  /// The last word, which is said even when too much was said before.
  ///
  /// @param wanted the level it belongs to
  public synchronized void conclude(Level wanted, String line) {
    if (level.compareTo(wanted) >= 0) {
      print(line);
    }
  }

  private synchronized void say(Level wanted, String line) {
    if (level.compareTo(wanted) < 0 || said.size() > LINES_MAX || !said.add(line)) {
      return;
    }
    print(said.size() > LINES_MAX ? "enough said: further lines are left out" : line);
  }

  private void print(String line) {
    // One write of one line: concurrent writers of the same log must not be able to split it.
    out.print(PREFIX + line.replace('\n', ' ').replace('\r', ' ') + "\n");
    out.flush();
  }
}
