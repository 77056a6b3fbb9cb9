package dev.logshipper.sandbox.environment.process;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The receivers of a program's output, each called by its own thread.
///
/// @param stderr null to join it to stdout
/// @param telemetry the receiver of [#TELEMETRY_DESCRIPTOR]; null to leave that closed
public record Outputs(
    OutputDecoder stdout, @Nullable OutputDecoder stderr, @Nullable OutputDecoder telemetry) {

  /// A third stream, for framed log events.
  public static final int TELEMETRY_DESCRIPTOR = 3;

  /// The lines of stdout and stderr, in order.
  public static Outputs joined(Consumer<String> lines) {
    return new Outputs(new LineDecoder(lines), null, null);
  }
}
