package dev.logshipper.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.Diagnostics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/// What the extension says about itself, at every level, for a test to look at. Thread-safe.
public final class Said {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Diagnostics diagnostics;

  /// Hears everything.
  public Said() {
    this(Diagnostics.Level.DEBUG);
  }

  /// Hears what a level lets through.
  public Said(Diagnostics.Level level) {
    this.diagnostics = new Diagnostics(new PrintStream(bytes, true, UTF_8), level);
  }

  /// The voice to hand over.
  public Diagnostics diagnostics() {
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
