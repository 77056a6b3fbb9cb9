package dev.logshipper.sandbox.destination.firehose;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.logshipper.sandbox.destination.ScriptedResponse;

/// The rejection of a whole request, with one of the API's exceptions.
final class FirehoseError extends Exception {
  private final int status;
  private final String type;
  private final String text;

  FirehoseError(int status, String type, String text) {
    super(text);
    this.status = status;
    this.type = type;
    this.text = text;
  }

  static FirehoseError invalid(String text) {
    return new FirehoseError(400, "ValidationException", "1 validation error detected: " + text);
  }

  ScriptedResponse.Http response() {
    String body =
        JsonNodeFactory.instance.objectNode().put("__type", type).put("message", text).toString();
    return ScriptedResponse.status(status)
        .header("Content-Type", "application/x-amz-json-1.1")
        .body(body);
  }
}
