package dev.logshipper.sandbox.environment.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.logshipper.sandbox.http.ResponseEncoder;
import java.util.LinkedHashMap;
import java.util.Map;

/// The platform's response; its body is always JSON.
record HttpResponse(int status, Map<String, String> headers, String body) {

  static HttpResponse ok(String body) {
    return new HttpResponse(200, Map.of(), body);
  }

  static HttpResponse accepted() {
    return new HttpResponse(202, Map.of(), "{\"status\":\"OK\"}\n");
  }

  static HttpResponse error(int status, String errorType, String message) {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("errorMessage", message)
            .put("errorType", errorType)
            .toString();
    return new HttpResponse(status, Map.of(), body);
  }

  byte[] encode() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Content-Type", "application/json");
    all.putAll(headers);
    return ResponseEncoder.encode(status, all, body.getBytes(UTF_8), false);
  }
}
