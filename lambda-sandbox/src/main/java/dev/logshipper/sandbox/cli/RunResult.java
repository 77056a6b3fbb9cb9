package dev.logshipper.sandbox.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.InitOutcome;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.report.LineComparison;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of a run.
///
/// @param destination null without one
/// @param comparison of the lines printed with those that arrived; null without a destination
/// @param function lines that it printed
/// @param page null when none could be written
record RunResult(
    InitOutcome init,
    List<InvocationOutcome> outcomes,
    Sandbox sandbox,
    @Nullable Destination destination,
    @Nullable LineComparison comparison,
    List<String> function,
    @Nullable Path page) {

  RunResult {
    outcomes = List.copyOf(outcomes);
    function = List.copyOf(function);
  }

  boolean succeeded() {
    return init.succeeded()
        && failed() == 0
        && (comparison == null || comparison.missing().isEmpty());
  }

  long failed() {
    return outcomes.stream().filter(outcome -> !outcome.succeeded()).count();
  }

  String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("succeeded", succeeded());
    json.putObject("init")
        .put("succeeded", init.succeeded())
        .put("errorType", init.errorType())
        .put("message", init.message())
        .put("millis", init.millis());
    ArrayNode invocations = json.putArray("invocations");
    for (InvocationOutcome each : outcomes) {
      invocations
          .addObject()
          .put("requestId", each.requestId())
          .put("status", each.status().name())
          .put("errorType", each.errorType())
          .put("response", each.response())
          .put("durationMillis", each.durationMillis())
          .put("heldMillis", each.heldMillis());
    }
    function.forEach(json.putArray("printed")::add);
    if (destination != null && comparison != null) {
      ObjectNode arrived = json.putObject("destination");
      arrived.put("lines", comparison.printed()).put("arrived", comparison.arrived());
      arrived.put("repeated", comparison.repeated());
      comparison.missing().forEach(arrived.putArray("missing")::add);
      arrived.put("requests", destination.requests().size());
      arrived.put("connections", destination.connections());
      arrived.put("bytes", destination.bytesReceived());
      destination.lines().forEach(arrived.putArray("records")::add);
    }
    json.set("summary", sandbox.timeline().summary().toJson());
    sandbox.extensionOutput().forEach(json.putArray("extensionOutput")::add);
    json.put("page", page == null ? "" : page.toString());
    return json.toPrettyString();
  }
}
