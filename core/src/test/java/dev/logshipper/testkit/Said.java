package dev.logshipper.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.sink.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/// What the extension says about itself, at every level, for a test to look at. Thread-safe.
public final class Said {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintingDiagnostics diagnostics;

  /// Hears everything.
  public Said() {
    this(Level.DEBUG);
  }

  /// Hears what a level lets through.
  public Said(Level level) {
    this.diagnostics = new PrintingDiagnostics(new PrintStream(bytes, true, UTF_8), level);
  }

  /// The voice to hand over.
  public PrintingDiagnostics diagnostics() {
    return diagnostics;
  }

  /// Everything that was said.
  public String text() {
    return bytes.toString(UTF_8);
  }

  /// The lines that were said.
  public List<String> lines() {
    return text().lines().toList();
  }
}
