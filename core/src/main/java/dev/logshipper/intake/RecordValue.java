package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.json.JsonException;
import dev.logshipper.json.JsonReader;
import org.jspecify.annotations.Nullable;

/// The value of an event's `record` where it lies in the platform's body: a string, an object, or
/// anything else that JSON has. The body is borrowed until the value has been copied out.
final class RecordValue {
  /// How the logging of AWS's runtimes and of Powertools names the invocation in JSON lines.
  private static final byte[][] REQUEST_ID_NAMES = {
    "requestId".getBytes(UTF_8),
    "AWSRequestId".getBytes(UTF_8),
    "awsRequestId".getBytes(UTF_8),
    "aws_request_id".getBytes(UTF_8),
    "function_request_id".getBytes(UTF_8)
  };

  private final byte[] body;
  private final int from;
  private final int to;

  /// @param from first byte of the value
  /// @param to an end behind the value: that of the event
  RecordValue(byte[] body, int from, int to) {
    this.body = body;
    this.from = from;
    this.to = to;
  }

  boolean isText() {
    return body[from] == '"';
  }

  /// A copy: text without quotes and escapes, anything else as it stands.
  byte[] content() throws JsonException {
    JsonReader json = reader();
    return isText() ? json.stringBytes() : json.valueBytes();
  }

  /// The request id that a function's JSON line carries at its top level.
  @Nullable String requestIdOfFunction() throws JsonException {
    return member(REQUEST_ID_NAMES);
  }

  /// A member of the object that is a string; null when there is none.
  @Nullable String member(String name) throws JsonException {
    return member(name.getBytes(UTF_8));
  }

  /// A member of the object that is a number; 0 when there is none.
  long number(String name) throws JsonException {
    JsonReader json = reader();
    boolean found = isObject() && json.find(name.getBytes(UTF_8)) && json.isAtNumber();
    return found ? Math.max(0, (long) json.number()) : 0;
  }

  private @Nullable String member(byte[]... names) throws JsonException {
    JsonReader json = reader();
    return isObject() && json.find(names) && json.peek() == '"' ? json.string() : null;
  }

  private boolean isObject() {
    return body[from] == '{';
  }

  private JsonReader reader() {
    return new JsonReader(body, from, to);
  }
}
