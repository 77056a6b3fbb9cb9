package dev.logshipper.sink.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/// Captures the lines that core would print for a sink's diagnostics, except for debugging.
/// Thread-safe.
public final class CapturedOutput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Diagnostics diagnostics;

  public CapturedOutput() {
    this(Level.INFO);
  }

  private CapturedOutput(Level level) {
    diagnostics = new PrintingDiagnostics(new PrintStream(bytes, true, UTF_8), level);
  }

  /// Includes lines for debugging, which must hold no secrets either.
  static CapturedOutput atEveryLevel() {
    return new CapturedOutput(Level.DEBUG);
  }

  /// Returns the diagnostics to pass to the sink.
  public Diagnostics diagnostics() {
    return diagnostics;
  }

  /// Returns everything logged so far.
  public String text() {
    return bytes.toString(UTF_8);
  }

  /// Returns the lines logged so far.
  public List<String> lines() {
    return text().lines().toList();
  }
}
