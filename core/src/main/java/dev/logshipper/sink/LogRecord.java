package dev.logshipper.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.support.text.JsonWriter;
import dev.logshipper.sink.support.text.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One event of the platform: a line that the function wrote, or a report about an invocation.
/// Immutable and thread-safe.
///
/// Its content is either text, as the function wrote it, or a JSON value, when the function logs in
/// JSON format or the platform reports. Both are well-formed UTF-8.
public final class LogRecord {
  private static final String PLATFORM = "platform";
  private static final String PLATFORM_PREFIX = "platform.";

  private final long epochMillis;
  private final @Nullable String unusualTime;
  private final String type;
  private final @Nullable String requestId;
  private final @Nullable String tenantId;
  private final @Nullable String level;
  private final Map<String, String> fields;
  private final byte[] content;
  private final boolean json;

  private LogRecord(
      String time, String type, @Nullable String requestId, byte[] content, boolean json) {
    this.epochMillis = Timestamps.parseMillis(time);
    this.unusualTime = Timestamps.isCanonical(time) ? null : time;
    this.type = type;
    this.requestId = requestId;
    this.tenantId = null;
    this.level = null;
    this.fields = Map.of();
    this.content = content;
    this.json = json;
  }

  private LogRecord(
      LogRecord other,
      @Nullable String tenantId,
      @Nullable String level,
      Map<String, String> fields,
      byte[] content,
      boolean json) {
    this.epochMillis = other.epochMillis;
    this.unusualTime = other.unusualTime;
    this.type = other.type;
    this.requestId = other.requestId;
    this.tenantId = tenantId;
    this.level = level;
    this.fields = fields;
    this.content = content;
    this.json = json;
  }

  /// A record whose content is text.
  ///
  /// @param time time at which the platform received it, RFC 3339
  /// @param type see [RecordTypes]
  /// @param requestId of its invocation, if known
  /// @param utf8 well-formed; not copied, so the caller must not change it
  public static LogRecord text(String time, String type, @Nullable String requestId, byte[] utf8) {
    return new LogRecord(time, type, requestId, utf8, false);
  }

  /// A record whose content is a JSON value; the parameters are those of [#text].
  public static LogRecord json(String time, String type, @Nullable String requestId, byte[] utf8) {
    return new LogRecord(time, type, requestId, utf8, true);
  }

  /// This record with the tenant of its invocation.
  public LogRecord withTenantId(@Nullable String id) {
    return Objects.equals(tenantId, id)
        ? this
        : new LogRecord(this, id, level, fields, content, json);
  }

  /// This record with other [#fields].
  public LogRecord withFields(Map<String, String> lifted) {
    // A single field needs no order, and records may share it.
    Map<String, String> copy =
        lifted.size() == 1
            ? Map.copyOf(lifted)
            : Collections.unmodifiableMap(new LinkedHashMap<>(lifted));
    return new LogRecord(this, tenantId, level, copy, content, json);
  }

  /// This record with other content, which is text: a part of it, for example.
  ///
  /// @param utf8 well-formed; not copied, so the caller must not change it
  public LogRecord withText(byte[] utf8) {
    return new LogRecord(this, tenantId, level, fields, utf8, false);
  }

  /// The same for content that is a JSON value.
  public LogRecord withJson(byte[] utf8) {
    return new LogRecord(this, tenantId, level, fields, utf8, true);
  }

  /// The plain line that the platform wrapped as an object of exactly `timestamp`, `level` and
  /// `message`, because the function's log format is JSON: a record of text, with its level.
  ///
  /// @return this record when it is no such object
  public LogRecord unwrapped() {
    if (!json || type.startsWith(PLATFORM_PREFIX)) {
      return this;
    }
    JsonEnvelope envelope = JsonEnvelope.read(content);
    return envelope == null
        ? this
        : new LogRecord(
            this,
            tenantId,
            envelope.level().isEmpty() ? null : envelope.level(),
            fields,
            envelope.message(),
            false);
  }

  /// The time at which the platform received it, exactly as the platform wrote it.
  public String time() {
    return unusualTime != null ? unusualTime : Timestamps.format(epochMillis);
  }

  /// The time at which the platform received it, in milliseconds since 1970; 0 when the platform's
  /// text is not a time.
  public long epochMillis() {
    return epochMillis;
  }

  /// The type as the platform wrote it; see [RecordTypes]. Unknown types pass through.
  public String type() {
    return type;
  }

  /// The type up to its first dot: `function`, `platform`, `extension`, or unknown.
  public String category() {
    if (type.startsWith(PLATFORM_PREFIX)) {
      return PLATFORM;
    }
    int dot = type.indexOf('.');
    return dot < 0 ? type : type.substring(0, dot);
  }

  /// The request id of its invocation, if known.
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /// The tenant of its invocation, if the function isolates tenants.
  public Optional<String> tenantId() {
    return Optional.ofNullable(tenantId);
  }

  /// The level that the platform gave to an [#unwrapped] line; otherwise empty, as a level in the
  /// content is not read.
  public Optional<String> level() {
    return Optional.ofNullable(level);
  }

  /// The fields that the user wants with the line (`PUSHER_LIFT`), by name, in the user's order;
  /// empty without any. At most 16, with values of 1 to 256 bytes. A sink that has a place for
  /// fields sends them there and overwrites none of its own with them; their names may have
  /// characters that a destination does not allow.
  public Map<String, String> fields() {
    return fields;
  }

  /// The severity that the line itself states, read anew each time; empty for a line that states
  /// none and for the reports of the platform.
  ///
  /// The platform gives plain lines the level `INFO` when it wraps them: it states nothing, so that
  /// the line decides. Any other level of a wrapped or an [#unwrapped] line is a logger's.
  public Optional<Severity> severity() {
    if (type.startsWith(PLATFORM_PREFIX)) {
      return Optional.empty();
    }
    return Severity.optional(
        json ? LevelReader.ofJson(content) : LevelReader.ofText(content, level));
  }

  /// Whether the content is a JSON value rather than text.
  public boolean isJson() {
    return json;
  }

  /// Length of the content in bytes.
  public int sizeBytes() {
    return content.length;
  }

  /// The content, without a copy; read-only.
  public ByteBuffer content() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  /// Writes the content unchanged.
  public void writeTo(OutputStream out) throws IOException {
    out.write(content);
  }

  /// Writes the content as a JSON value without a line end: JSON unchanged except that spaces
  /// replace the line ends between its tokens, and text as a string.
  public void writeJsonTo(OutputStream out) throws IOException {
    if (json) {
      writeOnOneLine(out);
    } else {
      JsonWriter.writeString(out, content);
    }
  }

  /// Writes the content as a JSON string, even if it is JSON.
  public void writeJsonStringTo(OutputStream out) throws IOException {
    JsonWriter.writeString(out, content);
  }

  /// The content as a string; costs a copy.
  public String text() {
    return new String(content, UTF_8);
  }

  private void writeOnOneLine(OutputStream out) throws IOException {
    int written = 0;
    for (int at = 0; at < content.length; at++) {
      if (content[at] == '\n' || content[at] == '\r') {
        out.write(content, written, at - written);
        out.write(' ');
        written = at + 1;
      }
    }
    out.write(content, written, content.length - written);
  }

  /// The type and size, never the content.
  @Override
  public String toString() {
    return type + " record of " + content.length + " bytes";
  }
}
