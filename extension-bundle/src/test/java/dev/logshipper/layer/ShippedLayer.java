package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.bundle.BundledSink;
import dev.logshipper.bundle.Emulation;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.ExtensionProcess;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The unpacked layer of the build, and its output.
final class ShippedLayer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ShippedLayer() {}

  static Path directory() {
    return Emulation.LAYER;
  }

  /// An environment with the layer, shipping to an HTTP destination with no setting except its
  /// address.
  static SandboxBuilder shippingTo(HttpDestination destination) {
    return shippingTo(BundledSink.named("http"), destination);
  }

  /// An environment with the layer, shipping to a destination with only the required settings.
  static SandboxBuilder shippingTo(BundledSink sink, Destination destination) {
    return shippingTo(sink, destination.url());
  }

  /// The same, by its address.
  static SandboxBuilder shippingTo(BundledSink sink, String url) {
    return Emulation.limits(Sandbox.builder())
        .extensions(directory().resolve("extensions"))
        .environment("PUSHER_MODE", sink.mode())
        .environment(sink.environment(url));
  }

  /// The same, with a function that logs one line per invocation, as [#invoke] expects.
  static SandboxBuilder shippingOneLineEach(HttpDestination destination) {
    return shippingTo(destination)
        .function(invocation -> invocation.log(invocation.requestId() + " was here"));
  }

  /// Invokes the function, which must succeed.
  ///
  /// @return the lines that it logged
  static List<String> invoke(Sandbox sandbox, int times) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      InvocationOutcome outcome = sandbox.invoke("{}");
      assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
      lines.add(outcome.requestId() + " was here");
    }
    return lines;
  }

  /// The Java process that the launcher watches over.
  static ProcessHandle java(Sandbox sandbox) {
    ExtensionProcess extension = sandbox.extensions().getFirst();
    return ProcessHandle.of(extension.pid()).orElseThrow().children().findFirst().orElseThrow();
  }

  /// The lines that arrived, in order.
  static List<JsonNode> arrived(HttpDestination destination) {
    List<JsonNode> records = new ArrayList<>();
    for (String line : destination.lines()) {
      try {
        records.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        throw new AssertionError("not JSON: " + line, e);
      }
    }
    return records;
  }

  /// The function's lines that arrived, in order.
  static List<String> functionLines(HttpDestination destination) {
    return messages(destination, "function");
  }

  /// The messages of one type that arrived, in order.
  static List<String> messages(HttpDestination destination, String logType) {
    List<String> messages = new ArrayList<>();
    for (JsonNode record : arrived(destination)) {
      if (record.path("log_type").asText().equals(logType)) {
        messages.add(record.path("message").asText());
      }
    }
    return messages;
  }

  /// The extension's ledger lines.
  static String ledger(Sandbox sandbox) {
    for (String line : sandbox.extensionOutput()) {
      if (line.contains("ledger sink=")) {
        return line;
      }
    }
    throw new AssertionError("no ledger in " + sandbox.extensionOutput());
  }

  /// One number of the ledger.
  static long ledger(Sandbox sandbox, String name) {
    for (String pair : ledger(sandbox).split(" ", -1)) {
      if (pair.startsWith(name + "=")) {
        return Long.parseLong(pair.substring(name.length() + 1));
      }
    }
    throw new AssertionError("no " + name + " in " + ledger(sandbox));
  }
}
