package dev.logshipper.sandbox.environment.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/// What the platform answers; its body is always JSON.
record HttpReply(int status, Map<String, String> headers, String body) {

  static HttpReply ok(String body) {
    return new HttpReply(200, Map.of(), body);
  }

  static HttpReply accepted() {
    return new HttpReply(202, Map.of(), "{\"status\":\"OK\"}\n");
  }

  static HttpReply error(int status, String errorType, String message) {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("errorMessage", message)
            .put("errorType", errorType)
            .toString();
    return new HttpReply(status, Map.of(), body);
  }
}
