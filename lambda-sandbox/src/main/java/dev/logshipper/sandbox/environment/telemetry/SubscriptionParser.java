package dev.logshipper.sandbox.environment.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads and validates the body of a subscription. All its errors are reported at once, as the
/// platform does.
final class SubscriptionParser {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> TYPES = Set.of("platform", "function", "extension");

  private final TelemetryApi api;
  private final SubscriptionRules rules;
  private final List<String> faults = new ArrayList<>();

  SubscriptionParser(TelemetryApi api, SubscriptionRules rules) {
    this.api = api;
    this.rules = rules;
  }

  /// @throws InvalidSubscription with all that is wrong with it
  Subscription parse(String body) throws InvalidSubscription {
    JsonNode request = readObject(body);
    JsonNode buffering = request.path("buffering");
    JsonNode destination = request.path("destination");
    Subscription subscription =
        new Subscription(
            api,
            schemaVersion(request),
            types(request),
            (int) number(buffering, "maxItems", 10_000, 1_000, 10_000),
            (int) number(buffering, "maxBytes", 262_144, 262_144, 1_048_576),
            number(buffering, "timeoutMs", 1_000, 25, 30_000),
            uri(destination),
            method(destination));
    if (!faults.isEmpty()) {
      throw new InvalidSubscription(String.join("; ", faults));
    }
    return subscription;
  }

  private static JsonNode readObject(String body) throws InvalidSubscription {
    try {
      JsonNode request = JSON.readTree(body);
      if (request.isObject()) {
        return request;
      }
      throw new InvalidSubscription("not a JSON object");
    } catch (JsonProcessingException e) {
      throw new InvalidSubscription(e.getOriginalMessage());
    }
  }

  private String schemaVersion(JsonNode request) {
    String version = request.path("schemaVersion").asText("");
    if (version.isEmpty() && api == TelemetryApi.LOGS) {
      return api.schemas().getFirst();
    }
    if (!api.schemas().contains(version) || rules.rejectedSchemas().contains(version)) {
      faults.add("schemaVersion is not supported: " + version);
    }
    return version;
  }

  private Set<String> types(JsonNode request) {
    Set<String> types = new LinkedHashSet<>();
    request.path("types").forEach(type -> types.add(type.asText()));
    if (types.isEmpty()) {
      faults.add("types should not be empty");
    }
    types.stream()
        .filter(type -> !TYPES.contains(type))
        .forEach(type -> faults.add("type is not supported: " + type));
    return types;
  }

  private long number(JsonNode buffering, String field, long otherwise, long min, long max) {
    JsonNode value = buffering.path(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.canConvertToLong() || value.asLong() < min || value.asLong() > max) {
      faults.add(field + " should be between " + min + " and " + max);
    }
    return value.asLong();
  }

  private URI uri(JsonNode destination) {
    if (!destination.path("protocol").asText("").equals("HTTP")) {
      faults.add("destination protocol is not supported");
    }
    URI nowhere = URI.create("http://127.0.0.1/");
    try {
      // The name of the platform's own field; some clients send the Logs API's spelling.
      URI uri = new URI(destination.path("URI").asText(destination.path("uri").asText("")));
      String host = String.valueOf(uri.getHost());
      if (!"http".equals(uri.getScheme())) {
        faults.add("URI scheme is not http");
      } else if (!host.equals("sandbox.localdomain") && !host.equals("sandbox")) {
        faults.add("URI host is not sandbox.localdomain: " + host);
      } else if (uri.getPort() < 0) {
        faults.add("URI port is not provided");
      } else {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create("http://127.0.0.1:" + uri.getPort() + path + query);
      }
    } catch (URISyntaxException e) {
      faults.add("URI is not valid: " + e.getReason());
    }
    return nowhere;
  }

  private String method(JsonNode destination) {
    String method = destination.path("method").asText("POST");
    if (!method.equals("POST") && !method.equals("PUT")) {
      faults.add("destination method is not supported: " + method);
    }
    return api == TelemetryApi.LOGS ? method : "POST";
  }
}
