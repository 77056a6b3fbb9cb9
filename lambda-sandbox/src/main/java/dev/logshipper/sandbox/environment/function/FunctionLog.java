package dev.logshipper.sandbox.environment.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logshipper.sandbox.environment.process.LineDecoder;
import dev.logshipper.sandbox.environment.process.Outputs;
import dev.logshipper.sandbox.environment.telemetry.TelemetryEvent;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Makes events of the function's output.
final class FunctionLog {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LogFormat format;
  private final TelemetryHub hub;
  private final Consumer<String> lines;

  /// @param lines receives each line and the message of each framed event
  FunctionLog(LogFormat format, TelemetryHub hub, Consumer<String> lines) {
    this.format = format;
    this.hub = hub;
    this.lines = lines;
  }

  /// A line of stdout or stderr.
  void print(String line) {
    publish(Instant.now(), "INFO", line);
  }

  /// A framed event.
  void print(LogFrame frame) {
    publish(frame.time(), frame.level().isEmpty() ? "INFO" : frame.level(), frame.message());
  }

  /// Receivers of a program's output: stdout and stderr apart, and frames.
  Outputs outputs() {
    return new Outputs(
        new LineDecoder(this::print),
        new LineDecoder(this::print),
        new FrameDecoder(this::print, new LineDecoder(this::print), InstantSource.system()));
  }

  private void publish(Instant time, String level, String text) {
    lines.accept(text);
    hub.publish(event(time, level, text));
  }

  private TelemetryEvent event(Instant time, String level, String text) {
    if (format == LogFormat.TEXT) {
      return TelemetryEvent.ofLine("function", time, text);
    }
    return isObject(text)
        ? TelemetryEvent.ofObject("function", time, text)
        : TelemetryEvent.ofWrapped("function", time, level, text);
  }

  private static boolean isObject(String line) {
    try {
      return line.stripLeading().startsWith("{") && JSON.readTree(line).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
