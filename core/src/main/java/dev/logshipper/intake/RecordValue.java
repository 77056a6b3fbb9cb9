package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
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

  /// They are 36 long. Whatever somebody's line has under such a name is kept with each record,
  /// beside its content, which alone counts against the buffer's bound.
  private static final int REQUEST_ID_BYTES_MAX = 64;

  /// No platform drops more at once, and sums of it do not overflow.
  private static final double NUMBER_MAX = Integer.MAX_VALUE;

  private final byte[] body;
  private final int from;
  private final int to;
  private final boolean json;

  private RecordValue(byte[] body, int from, int to, boolean json) {
    this.body = body;
    this.from = from;
    this.to = to;
    this.json = json;
  }

  /// Takes the value that comes next.
  static RecordValue take(byte[] body, JsonReader event) throws JsonException {
    boolean isString = event.peek() == '"';
    int from = event.position();
    boolean json = false;
    if (isString) {
      event.skipValue();
    } else {
      json = event.skipStrictly();
    }
    return new RecordValue(body, from, event.position(), json);
  }

  /// Whether it is a JSON value that is no string. What only looks like one is text: as JSON it
  /// would make the batch unreadable that it is sent with.
  boolean isJson() {
    return json;
  }

  /// A copy: a string without quotes and escapes, anything else as it stands.
  byte[] content() throws JsonException {
    JsonReader reader = reader();
    return body[from] == '"' ? reader.stringBytes() : reader.valueBytes();
  }

  /// The request id that a function's JSON line carries at its top level.
  @Nullable String requestIdOfFunction() throws JsonException {
    return requestId(REQUEST_ID_NAMES);
  }

  /// The invocation that a platform event speaks of.
  @Nullable String requestId() throws JsonException {
    return requestId(REQUEST_ID_NAMES[0]);
  }

  /// A member of the object that is a number; 0 when there is none.
  long number(String name) throws JsonException {
    JsonReader reader = reader();
    boolean found = isObject() && reader.find(name.getBytes(UTF_8)) && reader.isAtNumber();
    return found ? (long) Math.clamp(reader.number(), 0, NUMBER_MAX) : 0;
  }

  /// The first one counts, so that the rest of a long line need not be read.
  private @Nullable String requestId(byte[]... names) throws JsonException {
    JsonReader reader = reader();
    if (!isObject() || !reader.find(names) || reader.peek() != '"') {
      return null;
    }
    String requestId = reader.stringUpTo(REQUEST_ID_BYTES_MAX);
    return requestId.isEmpty() ? null : requestId;
  }

  private boolean isObject() {
    return json && body[from] == '{';
  }

  private JsonReader reader() {
    return new JsonReader(body, from, to);
  }
}
