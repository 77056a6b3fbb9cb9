package com.example.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.testkit.HttpSinkFixture;
import dev.logshipper.sink.testkit.Trait;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A collector that identifies a stored record by its `log.record.uid`.
class CollectorFixture extends HttpSinkFixture {
  private final Map<String, String> lines = new LinkedHashMap<>();

  CollectorFixture() throws IOException {}

  @Override
  public SinkProvider provider() {
    return new OtlpSinkProvider();
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://" + authority(),
        "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20hush-hush",
        "OTEL_EXPORTER_OTLP_TIMEOUT", "60000");
  }

  @Override
  public Set<String> secrets() {
    return Set.of("hush-hush");
  }

  @Override
  public List<Map<String, String>> contradictions() {
    return List.of(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%2"));
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.IDEMPOTENT, Trait.NAMES_WAIT);
  }

  @Override
  protected ScriptedResponse.Http accept(ReceivedRequest request) throws JsonException, IOException {
    if (!request.path().equals("/v1/logs")) {
      return ScriptedResponse.status(404);
    }
    if (!request.header("authorization").orElse("").equals("Bearer hush-hush")) {
      return ScriptedResponse.status(401);
    }
    JsonReader json = new JsonReader(request.bodyText().getBytes(UTF_8));
    enter(json, "resourceLogs");
    json.expect('[');
    enter(json, "scopeLogs");
    json.expect('[');
    enter(json, "logRecords");
    json.expect('[');
    do {
      enter(json, "body");
      enter(json, "stringValue");
      String line = json.string();
      json.expect('}');
      json.expect(',');
      json.string();
      json.expect(':');
      String attributes = new String(json.valueBytes(), UTF_8);
      json.expect('}');
      lines.putIfAbsent(uid(attributes), line);
    } while (json.accept(','));
    return ScriptedResponse.ok()
        .header("Content-Type", "application/json")
        .body("{\"partialSuccess\":{}}");
  }

  private static void enter(JsonReader json, String name) throws JsonException {
    if (!json.find(name.getBytes(UTF_8))) {
      throw new AssertionError("no " + name);
    }
  }

  private static String uid(String attributes) {
    String before = "{\"key\":\"log.record.uid\",\"value\":{\"stringValue\":\"";
    int from = attributes.indexOf(before) + before.length();
    return attributes.substring(from, attributes.indexOf('"', from));
  }

  @Override
  protected List<String> held() {
    return List.copyOf(lines.values());
  }
}
