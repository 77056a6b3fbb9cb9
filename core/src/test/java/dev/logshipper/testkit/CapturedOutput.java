package dev.logshipper.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.sink.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/// Captures the extension's diagnostics. Thread-safe.
public final class CapturedOutput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintingDiagnostics diagnostics;

  /// Captures all levels except debug.
  public CapturedOutput() {
    this(Level.INFO);
  }

  /// Captures the lines of a level and above.
  public CapturedOutput(Level level) {
    this.diagnostics = new PrintingDiagnostics(new PrintStream(bytes, true, UTF_8), level);
  }

  /// The diagnostics to pass to the code under test.
  public PrintingDiagnostics diagnostics() {
    return diagnostics;
  }

  /// The whole output.
  public String text() {
    return bytes.toString(UTF_8);
  }

  /// The lines of the output.
  public List<String> lines() {
    return text().lines().toList();
  }
}
