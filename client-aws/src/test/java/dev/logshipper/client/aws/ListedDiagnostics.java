package dev.logshipper.client.aws;

import dev.logshipper.sink.Diagnostics;
import java.util.List;

/// Collects lines of any level.
record ListedDiagnostics(List<String> lines) implements Diagnostics {
  @Override
  public void warn(String line) {
    lines.add(line);
  }

  @Override
  public void info(String line) {
    lines.add(line);
  }

  @Override
  public void debug(String line) {
    lines.add(line);
  }
}
