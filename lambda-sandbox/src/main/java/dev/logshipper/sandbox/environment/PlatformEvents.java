package dev.logshipper.sandbox.environment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.sandbox.environment.platform.InvocationTask;
import dev.logshipper.sandbox.environment.platform.RegisteredExtension;
import dev.logshipper.sandbox.environment.telemetry.TelemetryEvent;
import java.util.Set;

/// The platform's own events, with the fields of the Telemetry API's schema reference.
final class PlatformEvents {

  private final SandboxSettings settings;

  PlatformEvents(SandboxSettings settings) {
    this.settings = settings;
  }

  TelemetryEvent initStart(String phase) {
    ObjectNode event = init(phase);
    event.put("functionName", settings.identity().name());
    event.put("functionVersion", settings.identity().version());
    event.put("instanceMaxMemory", instanceMaxMemory());
    return event("platform.initStart", event);
  }

  TelemetryEvent initRuntimeDone(String phase, String errorType) {
    return event("platform.initRuntimeDone", status(init(phase), errorType));
  }

  TelemetryEvent initReport(String phase, String errorType, double durationMillis) {
    ObjectNode event = status(init(phase), errorType);
    event.putObject("metrics").put("durationMs", rounded(durationMillis));
    return event("platform.initReport", event);
  }

  TelemetryEvent restoreStart() {
    ObjectNode event = object().put("functionName", settings.identity().name());
    event.put("functionVersion", settings.identity().version());
    return event("platform.restoreStart", event.put("instanceMaxMemory", instanceMaxMemory()));
  }

  TelemetryEvent restoreRuntimeDone(String errorType) {
    return event("platform.restoreRuntimeDone", status(object(), errorType));
  }

  TelemetryEvent restoreReport(String errorType, double durationMillis) {
    ObjectNode event = status(object(), errorType);
    event.putObject("metrics").put("durationMs", rounded(durationMillis));
    return event("platform.restoreReport", event);
  }

  TelemetryEvent extension(String name, String state, Set<String> events) {
    ObjectNode event = object().put("name", name).put("state", state);
    events.forEach(event.putArray("events")::add);
    return event("platform.extension", event);
  }

  TelemetryEvent start(InvocationTask task) {
    ObjectNode event = object().put("requestId", task.requestId());
    event.put("version", settings.identity().version());
    return event("platform.start", withTenant(event));
  }

  /// @param status `success`, `error` or `timeout`
  TelemetryEvent runtimeDone(
      InvocationTask task, String status, String errorType, double durationMillis) {
    ObjectNode event = object().put("requestId", task.requestId()).put("status", status);
    if (!errorType.isEmpty()) {
      event.put("errorType", errorType);
    }
    ObjectNode metrics = event.putObject("metrics").put("durationMs", rounded(durationMillis));
    String response = task.response();
    metrics.put("producedBytes", response == null ? 0 : response.length());
    return event("platform.runtimeDone", event);
  }

  TelemetryEvent end(InvocationTask task) {
    return event("platform.end", object().put("requestId", task.requestId()));
  }

  /// Only the Logs API has it; its record is a string.
  TelemetryEvent fault(InvocationTask task, String errorType) {
    return TelemetryEvent.ofLine(
        "platform.fault",
        "RequestId: " + task.requestId() + " Status: error\tErrorType: " + errorType);
  }

  /// @param startMillis of init or restore; 0 unless this invocation was the first after it
  TelemetryEvent report(
      InvocationTask task,
      String status,
      String errorType,
      double durationMillis,
      double startMillis,
      long memoryUsedMegabytes) {
    ObjectNode event = object().put("requestId", task.requestId()).put("status", status);
    if (!errorType.isEmpty()) {
      event.put("errorType", errorType);
    }
    ObjectNode metrics = event.putObject("metrics").put("durationMs", rounded(durationMillis));
    if (!settings.managedInstances()) {
      metrics.put("billedDurationMs", (long) Math.ceil(durationMillis + startMillis));
      metrics.put("memorySizeMB", settings.memoryMegabytes());
      metrics.put("maxMemoryUsedMB", memoryUsedMegabytes);
      if (startMillis > 0) {
        String name = settings.snapStart() ? "restoreDurationMs" : "initDurationMs";
        metrics.put(name, rounded(startMillis));
      }
    }
    return event("platform.report", withTenant(event));
  }

  private ObjectNode withTenant(ObjectNode event) {
    String tenant = settings.identity().tenantId();
    return tenant.isEmpty() ? event : event.put("tenantId", tenant);
  }

  TelemetryEvent extensionState(RegisteredExtension extension) {
    return extension(extension.name(), "Ready", extension.events());
  }

  /// Seen on Managed Instances: bytes. AWS's example for functions has megabytes.
  private long instanceMaxMemory() {
    long memory = settings.memoryMegabytes();
    return settings.managedInstances() ? memory << 20 : memory;
  }

  private ObjectNode init(String phase) {
    return object().put("initializationType", settings.initializationType()).put("phase", phase);
  }

  private static ObjectNode status(ObjectNode event, String errorType) {
    return errorType.isEmpty()
        ? event.put("status", "success")
        : event.put("status", "error").put("errorType", errorType);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static TelemetryEvent event(String type, ObjectNode recordValue) {
    return TelemetryEvent.ofJson(type, recordValue.toString());
  }

  private static double rounded(double millis) {
    return Math.round(millis * 1000) / 1000.0;
  }
}
