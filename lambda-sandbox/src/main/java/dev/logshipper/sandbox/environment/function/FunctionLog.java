package dev.logshipper.sandbox.environment.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logshipper.sandbox.environment.telemetry.TelemetryEvent;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import java.time.Instant;

/// Makes events of the function's output.
final class FunctionLog {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LogFormat format;
  private final TelemetryHub hub;

  FunctionLog(LogFormat format, TelemetryHub hub) {
    this.format = format;
    this.hub = hub;
  }

  /// A line of stdout or stderr.
  void print(String line) {
    publish(Instant.now(), "INFO", line);
  }

  private void publish(Instant time, String level, String text) {
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
