package dev.logshipper.sandbox.cli;

import dev.logshipper.sandbox.environment.function.Invocation;
import dev.logshipper.sandbox.environment.function.ScriptedFunction;

/// The built-in function: prints lines of about 120 bytes, as a web handler's access log would be.
final class LinePrinter implements ScriptedFunction {

  private final int lines;

  LinePrinter(int lines) {
    this.lines = lines;
  }

  @Override
  public void handle(Invocation invocation) {
    for (int i = 0; i < lines; i++) {
      invocation.log(
          "INFO "
              + invocation.requestId()
              + " line "
              + i
              + " GET /orders/4711 200 in 12 ms, 3 rows, cache miss, user 0815");
    }
  }
}
