package dev.logshipper.sandbox.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.ExtensionCost;
import dev.logshipper.sandbox.environment.Timeline;
import dev.logshipper.sandbox.environment.TimelineSummary;
import dev.logshipper.sandbox.environment.process.MemoryUse;
import dev.logshipper.sandbox.report.Landing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The timeline of a run as one HTML file that needs no network: lanes for the environment, the
/// function, each extension, the platform's deliveries, the sends and the faults of the
/// destination, a table of the function's lines, and one of the costs.
public final class TimelinePage {
  private final String title;
  private final Timeline timeline;
  private String destinationName = "";
  private @Nullable Destination destination;
  private List<FaultSpan> faults = List.of();
  private PrintedLines printed = new PrintedLines(List.of(), null);

  /// @param timeline of a sandbox, usually after its shutdown
  public TimelinePage(String title, Timeline timeline) {
    this.title = title;
    this.timeline = timeline;
  }

  /// Adds a lane with the requests of a destination.
  public TimelinePage destination(String name, @Nullable Destination received) {
    destinationName = name;
    destination = received;
    return this;
  }

  /// Adds a lane with faults of the destination.
  public TimelinePage faults(List<FaultSpan> spans) {
    faults = List.copyOf(spans);
    return this;
  }

  /// Adds the lines of the function: to each invocation, and as a table.
  ///
  /// @param missing those that did not arrive at the destination, each as often as it is missing;
  ///   null if there is none
  public TimelinePage functionLines(List<FunctionLine> lines, @Nullable List<String> missing) {
    printed = new PrintedLines(lines, missing);
    return this;
  }

  /// Writes it, and the folders above it.
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Path _ = Files.createDirectories(folder);
    }
    Path _ = Files.writeString(file, html());
  }

  String html() throws IOException {
    String template;
    try (InputStream resource = TimelinePage.class.getResourceAsStream("timeline.html")) {
      if (resource == null) {
        throw new IOException("timeline.html is not on the class path");
      }
      template = new String(resource.readAllBytes(), UTF_8);
    }
    // Inside a script element no "<" may remain: it could end the element.
    String data = data().toString().replace("<", "\\u003c");
    return template.replace("\"TIMELINE_DATA\"", data);
  }

  private ObjectNode data() {
    double end = end();
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("title", title).put("end", end);
    EnvironmentLanes environment = new EnvironmentLanes(timeline.entries(), end);
    ArrayNode lanes = data.putArray("lanes");
    lanes(environment, end).stream()
        .filter(lane -> !lane.items().isEmpty())
        .forEach(lane -> lanes.add(lane.toJson()));
    TimelineSummary summary = timeline.summary();
    ArrayNode facts = data.putArray("facts");
    fact(
        facts,
        "Invocations",
        summary.invocations() + ", " + summary.failedInvocations() + " failed");
    fact(
        facts,
        "Held by extensions",
        Item.millis(summary.heldMillisMedian())
            + " median, "
            + Item.millis(summary.heldMillisMax())
            + " longest");
    fact(
        facts,
        "Delivered by the platform",
        summary.deliveredEvents() + " events, " + Landing.bytes(summary.deliveredBytes()));
    fact(facts, "Dropped by the platform", summary.droppedEvents() + " events");
    Destination received = destination;
    if (received != null) {
      fact(
          facts,
          "Received by " + destinationName,
          received.requests().size() + " requests, " + Landing.bytes(received.bytesReceived()));
    }
    data.set("lines", printed.rows(timeline, environment.invocations()));
    data.put("printed", printed.lines().size());
    ArrayNode costs = data.putArray("costs");
    summary.extensions().forEach((name, cost) -> costs.add(row(name, cost)));
    return data;
  }

  private List<Lane> lanes(EnvironmentLanes environment, double end) {
    List<Lane> lanes = new ArrayList<>();
    lanes.add(environment.environment());
    lanes.add(
        environment.function(
            printed.lines().stream().map(line -> timeline.millis(line.nanos())).toList()));
    lanes.addAll(environment.extensions());
    lanes.addAll(environment.deliveries());
    Destination received = destination;
    if (received != null) {
      lanes.add(SendLane.of(destinationName, received, timeline, end));
    }
    lanes.add(new Lane("Faults of the destination", faults.stream().map(this::fault).toList()));
    return lanes;
  }

  private Item fault(FaultSpan span) {
    double begin = timeline.millis(span.beginNanos());
    double until = timeline.millis(span.endNanos());
    return new Item(begin, until, "fault", span.label(), Map.of("for", Item.millis(until - begin)));
  }

  private double end() {
    double end = 1;
    for (Timeline.Entry each : timeline.entries()) {
      end = Math.max(end, each.millis());
    }
    return end;
  }

  private static void fact(ArrayNode facts, String name, String value) {
    facts.addArray().add(name).add(value);
  }

  private static ArrayNode row(String name, ExtensionCost cost) {
    List<Double> held = cost.heldMillis().stream().sorted().toList();
    MemoryUse memory = cost.memoryAtEnd() == null ? cost.memoryAtReady() : cost.memoryAtEnd();
    return JsonNodeFactory.instance
        .arrayNode()
        .add(name)
        .add(millis(cost.registerMillis()))
        .add(millis(cost.readyMillis()))
        .add(millis(cost.firstDeliveryMillis()))
        .add(held.isEmpty() ? "–" : Item.millis(TimelineSummary.median(held)))
        .add(held.isEmpty() ? "–" : Item.millis(held.getLast()))
        .add(Item.millis(cost.cpuMillis()))
        .add(memory == null ? "–" : Landing.bytes(memory.pssBytes()));
  }

  private static String millis(OptionalDouble millis) {
    return millis.isPresent() ? Item.millis(millis.getAsDouble()) : "–";
  }
}
