package dev.logshipper.sandbox.environment.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logshipper.sandbox.environment.telemetry.TelemetryEvent;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;

/// Makes events of the lines that the function prints.
final class FunctionLog {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LogFormat format;
  private final TelemetryHub hub;

  FunctionLog(LogFormat format, TelemetryHub hub) {
    this.format = format;
    this.hub = hub;
  }

  void print(String line) {
    hub.publish(
        format == LogFormat.JSON && isObject(line)
            ? TelemetryEvent.ofJsonLine("function", line)
            : TelemetryEvent.ofLine("function", line));
  }

  private static boolean isObject(String line) {
    try {
      return line.stripLeading().startsWith("{") && JSON.readTree(line).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
