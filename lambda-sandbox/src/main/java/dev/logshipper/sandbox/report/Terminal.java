package dev.logshipper.sandbox.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

/// Output for people. On a terminal: colours, and a last line that is replaced by the next one.
/// Elsewhere: plain lines. Safe for use by several threads.
public final class Terminal {
  private static final String ESCAPE = "\033[";
  private static final int DEFAULT_COLUMNS = 100;
  private static final int COLUMNS_MIN = 40;

  private final PrintStream out;
  private final boolean interactive;
  private final boolean colour;
  private final int columns;
  private boolean pending;

  /// @param interactive whether `out` is a terminal
  /// @param columns of the terminal
  Terminal(PrintStream out, boolean interactive, boolean colour, int columns) {
    this.out = out;
    this.interactive = interactive;
    this.colour = colour;
    this.columns = columns;
  }

  /// Standard output as the scripts describe it: the property `terminal` is `true` if it is a
  /// terminal. No colours if `NO_COLOR` is not empty.
  public static Terminal standard(PrintStream out, Map<String, String> environment) {
    boolean interactive =
        Boolean.getBoolean("terminal") && !environment.getOrDefault("TERM", "").equals("dumb");
    boolean colour = interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(out, interactive, colour, columns(environment.getOrDefault("COLUMNS", "")));
  }

  /// Output that is no terminal.
  public static Terminal plain(PrintStream out) {
    return new Terminal(out, false, false, DEFAULT_COLUMNS);
  }

  /// No output at all.
  public static Terminal silent() {
    return plain(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
  }

  private static int columns(String text) {
    try {
      return Math.max(COLUMNS_MIN, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return DEFAULT_COLUMNS;
    }
  }

  /// Prints a line.
  public synchronized void line(String text) {
    clear();
    out.println(text);
  }

  /// Prints an empty line and a heading.
  public void heading(String text) {
    line("");
    line(bold(text));
  }

  /// Shows a line until the next output; only on a terminal.
  public synchronized void progress(String text) {
    if (interactive) {
      clear();
      out.print(dim(cut(text)));
      out.flush();
      pending = true;
    }
  }

  private void clear() {
    if (pending) {
      out.print("\r" + ESCAPE + "K");
      pending = false;
    }
  }

  /// The text, cut to the width of the terminal; elsewhere the whole text.
  public String cut(String text) {
    return interactive && text.length() >= columns ? text.substring(0, columns - 2) + "…" : text;
  }

  /// For the important parts.
  public String bold(String text) {
    return styled("1", text);
  }

  /// For the less important parts.
  public String dim(String text) {
    return styled("2", text);
  }

  /// For success.
  public String good(String text) {
    return styled("32", text);
  }

  /// For failures.
  public String bad(String text) {
    return styled("31", text);
  }

  private String styled(String code, String text) {
    return colour ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}
