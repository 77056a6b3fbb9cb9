package dev.logshipper.sandbox.environment;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.sandbox.environment.timeline.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All events of a sandbox, except the function's own lines, which are counted in the deliveries.
/// Safe for use by several threads.
public final class Timeline {

  /// One event.
  ///
  /// @param millis since the sandbox was started, on a monotonic clock
  /// @param kind for example `extension.next`
  public record Entry(double millis, String kind, Map<String, Object> details) {}

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final long startNanos = System.nanoTime();
  private final List<Entry> entries = new ArrayList<>();
  private final List<InvocationOutcome> outcomes = new ArrayList<>();
  private final Map<String, ExtensionProcess> extensions = new LinkedHashMap<>();

  Timeline() {}

  Journal journal() {
    return this::note;
  }

  /// The time on this timeline of a moment of [System#nanoTime()].
  public double millis(long nanoTime) {
    return (nanoTime - startNanos) / 1e6;
  }

  private synchronized void note(String kind, Map<String, ?> details) {
    double millis = millis(System.nanoTime());
    entries.add(new Entry(millis, kind, Map.copyOf(details)));
  }

  synchronized void started(ExtensionProcess extension) {
    extensions.put(extension.name(), extension);
    note("extension.started", Map.of("name", extension.name(), "pid", extension.pid()));
  }

  synchronized void ended(InvocationOutcome outcome) {
    outcomes.add(outcome);
    note(
        "invocation.ended",
        Map.of(
            "requestId", outcome.requestId(),
            "status", outcome.status().name(),
            "errorType", outcome.errorType(),
            "heldMillis", outcome.heldMillis(),
            "durationMillis", outcome.durationMillis()));
  }

  /// All events so far, in order.
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /// All events of one kind so far.
  public List<Entry> entries(String kind) {
    return entries().stream().filter(entry -> entry.kind().equals(kind)).toList();
  }

  /// The figures so far.
  public TimelineSummary summary() {
    List<InvocationOutcome> ended;
    Map<String, ExtensionProcess> started;
    synchronized (this) {
      ended = List.copyOf(outcomes);
      started = new LinkedHashMap<>(extensions);
    }
    // Not under the lock: cost() may wait for a thread that is just noting an event.
    Map<String, ExtensionCost> costs = new LinkedHashMap<>();
    started.forEach((name, extension) -> costs.put(name, extension.cost()));
    return TimelineSummary.of(ended, entries(), costs);
  }

  /// Writes the summary and all entries as one JSON object.
  public void writeJson(Path file) throws IOException {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set("summary", summary().toJson());
    ArrayNode array = document.putArray("entries");
    for (Entry entry : entries()) {
      ObjectNode node = array.addObject().put("ms", entry.millis()).put("kind", entry.kind());
      ObjectNode details = JSON.valueToTree(entry.details());
      node.setAll(details);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Path _ = Files.createDirectories(folder);
    }
    JSON.writeValue(file.toFile(), document);
  }
}
