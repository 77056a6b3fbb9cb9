package dev.logshipper.bundle;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.spi.ToolProvider;

/// A command of the JDK that runs the build, in this process.
record JdkTool(String name) {

  /// Runs the command.
  ///
  /// @return its output without warnings
  /// @throws IllegalStateException with its output when it fails
  String run(String... arguments) {
    ToolProvider tool =
        ToolProvider.findFirst(name)
            .orElseThrow(() -> new IllegalStateException("this is no JDK: it has no " + name));
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int status = tool.run(new PrintWriter(output), new PrintWriter(errors), arguments);
    if (status != 0) {
      throw new IllegalStateException(name + " failed: " + output + errors);
    }
    return output.toString();
  }
}
