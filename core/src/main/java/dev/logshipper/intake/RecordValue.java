package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import org.jspecify.annotations.Nullable;

/// The value of an event's `record` within the platform's body: any JSON value. Refers to the body
/// until [#content] has copied it.
final class RecordValue {
  private static final byte[] REQUEST_ID = "requestId".getBytes(UTF_8);
  private static final byte[] TENANT_ID = "tenantId".getBytes(UTF_8);

  /// Request ids have 36 characters. A longer value is ignored: it would be kept with each record,
  /// in addition to the content, which alone counts against the buffer's limit.
  private static final int REQUEST_ID_BYTES_MAX = 64;

  /// The platform's limit for tenant ids, in characters that are not escaped.
  private static final int TENANT_ID_BYTES_MAX = 256;

  /// No platform drops more at once, and sums do not overflow.
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

  /// Reads the next value.
  static RecordValue read(byte[] body, JsonReader event) throws JsonException {
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

  /// Whether it is a valid JSON value other than a string. An invalid one is treated as text: as
  /// JSON it would make its whole batch unreadable.
  boolean isJson() {
    return json;
  }

  /// Copies the value: a string without quotes and escapes, anything else verbatim.
  byte[] content() throws JsonException {
    JsonReader reader = reader();
    return body[from] == '"' ? reader.stringBytes() : reader.valueBytes();
  }

  /// The request id of a platform event.
  @Nullable String requestId() throws JsonException {
    return member(REQUEST_ID, REQUEST_ID_BYTES_MAX);
  }

  /// The tenant of a platform event.
  @Nullable String tenantId() throws JsonException {
    return member(TENANT_ID, TENANT_ID_BYTES_MAX);
  }

  /// A numeric member of the object; 0 when there is none.
  long number(String name) throws JsonException {
    JsonReader reader = reader();
    boolean found = isObject() && reader.find(name.getBytes(UTF_8)) && reader.isAtNumber();
    return found ? (long) Math.clamp(reader.number(), 0, NUMBER_MAX) : 0;
  }

  private @Nullable String member(byte[] name, int bytesMax) throws JsonException {
    JsonReader reader = reader();
    if (!isObject() || !reader.find(name) || reader.peek() != '"') {
      return null;
    }
    String text = reader.stringUpTo(bytesMax);
    return text.isEmpty() ? null : text;
  }

  private boolean isObject() {
    return json && body[from] == '{';
  }

  private JsonReader reader() {
    return new JsonReader(body, from, to);
  }
}
