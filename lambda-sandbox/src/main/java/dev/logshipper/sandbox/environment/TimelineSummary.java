package dev.logshipper.sandbox.environment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.sandbox.environment.process.MemoryUse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The figures of a sandbox's run.
///
/// @param heldMillisMedian over all invocations: for how long extensions held the environment
/// @param deliveries accepted deliveries
/// @param failedDeliveries except those to extensions that had ended, as of their own last lines
/// @param extensions by name, the processes of the last environment
public record TimelineSummary(
    int invocations,
    int failedInvocations,
    double heldMillisMedian,
    double heldMillisMax,
    long deliveries,
    long failedDeliveries,
    long deliveredEvents,
    long deliveredBytes,
    long droppedEvents,
    Map<String, ExtensionCost> extensions) {

  /// The median, of an even number of values the mean of the middle two; 0 of none.
  ///
  /// @param sorted in ascending order
  public static double median(List<Double> sorted) {
    int middle = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return 0;
    }
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static long deliveriesToTheEnded(List<Timeline.Entry> entries) {
    Set<Object> ended = new HashSet<>();
    long deliveries = 0;
    for (Timeline.Entry each : entries) {
      Object name = each.details().getOrDefault("name", "");
      switch (each.kind()) {
        case "extension.started" -> ended.remove(name);
        case "extension.exited" -> ended.add(name);
        case "delivery.failed" -> deliveries += ended.contains(name) ? 1 : 0;
        default -> {
          // Neither a process nor a failure.
        }
      }
    }
    return deliveries;
  }

  static TimelineSummary of(
      List<InvocationOutcome> outcomes,
      List<Timeline.Entry> entries,
      Map<String, ExtensionCost> extensions) {
    List<Double> held = outcomes.stream().map(InvocationOutcome::heldMillis).sorted().toList();
    List<Timeline.Entry> accepted =
        entries.stream()
            .filter(entry -> entry.kind().equals("delivery") && number(entry, "status") / 100 == 2)
            .toList();
    long tried = entries.stream().filter(e -> e.kind().startsWith("delivery")).count();
    List<Timeline.Entry> dropped =
        entries.stream().filter(entry -> entry.kind().equals("delivery.dropped")).toList();
    return new TimelineSummary(
        outcomes.size(),
        (int) outcomes.stream().filter(outcome -> !outcome.succeeded()).count(),
        median(held),
        held.isEmpty() ? 0 : held.getLast(),
        accepted.size(),
        tried - accepted.size() - dropped.size() - deliveriesToTheEnded(entries),
        accepted.stream().mapToLong(entry -> number(entry, "events")).filter(n -> n > 0).sum(),
        accepted.stream().mapToLong(entry -> number(entry, "bytes")).sum(),
        dropped.stream().mapToLong(entry -> number(entry, "records")).sum(),
        extensions);
  }

  private static long number(Timeline.Entry entry, String detail) {
    return entry.details().get(detail) instanceof Number number ? number.longValue() : 0;
  }

  /// All of them as a JSON object.
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("invocations", invocations).put("failedInvocations", failedInvocations);
    json.put("heldMillisMedian", heldMillisMedian).put("heldMillisMax", heldMillisMax);
    json.put("deliveries", deliveries).put("failedDeliveries", failedDeliveries);
    json.put("deliveredEvents", deliveredEvents).put("deliveredBytes", deliveredBytes);
    json.put("droppedEvents", droppedEvents);
    ObjectNode byName = json.putObject("extensions");
    extensions.forEach((name, cost) -> write(byName.putObject(name), cost));
    return json;
  }

  private static void write(ObjectNode json, ExtensionCost cost) {
    write(json, "registerMillis", cost.registerMillis());
    write(json, "readyMillis", cost.readyMillis());
    write(json, "firstDeliveryMillis", cost.firstDeliveryMillis());
    cost.heldMillis().forEach(json.putArray("heldMillis")::add);
    json.put("cpuToReadyMillis", cost.cpuToReadyMillis()).put("cpuMillis", cost.cpuMillis());
    write(json, "memoryAtReady", cost.memoryAtReady());
    write(json, "memoryAtEnd", cost.memoryAtEnd());
  }

  private static void write(ObjectNode json, String name, OptionalDouble millis) {
    millis.ifPresent(present -> json.put(name, present));
  }

  private static void write(ObjectNode json, String name, @Nullable MemoryUse memory) {
    if (memory != null) {
      json.putObject(name)
          .put("pssBytes", memory.pssBytes())
          .put("privateBytes", memory.privateBytes())
          .put("anonymousBytes", memory.anonymousBytes());
    }
  }
}
