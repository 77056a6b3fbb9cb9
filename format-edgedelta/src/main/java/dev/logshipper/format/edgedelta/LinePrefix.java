package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.JsonText.ascii;
import static dev.logshipper.format.edgedelta.JsonText.member;

import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.support.BodyBuffer;
import dev.logshipper.sink.support.text.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The common beginning of consecutive lines, built once per invocation rather than per line: it is
/// most of the bytes of a short line. Not thread-safe.
final class LinePrefix {
  private static final int PREFIX_BYTES_MAX = 16 * 1024;

  /// Number of invocations whose lines may alternate without a loss of speed.
  private static final int INVOCATIONS_MAX = 32;

  private final FunctionIdentity function;
  private final FunctionDetails details;
  private final byte[] process;
  private final Map<String, Prefix> lines = new HashMap<>();

  /// The bytes for the lines of one tenant.
  private static final class Prefix {
    private final String tenantId;
    private final byte[] bytes;

    Prefix(String tenantId, byte[] bytes) {
      this.tenantId = tenantId;
      this.bytes = bytes;
    }
  }

  LinePrefix(FunctionIdentity function, FunctionDetails details) {
    this.function = function;
    this.details = details;
    this.process = process(details);
  }

  /// The beginning of a line of an invocation, up to the timestamp.
  ///
  /// @param tenantId empty for none
  byte[] line(String requestId, String tenantId) {
    Prefix known = lines.get(requestId);
    if (known != null && known.tenantId.equals(tenantId)) {
      return known.bytes;
    }
    if (lines.size() == INVOCATIONS_MAX) {
      lines.clear();
    }
    byte[] fresh = build(requestId, tenantId, "");
    lines.put(requestId, new Prefix(tenantId, fresh));
    return fresh;
  }

  /// The same for a line that reports the start or end of an invocation.
  byte[] step(String requestId, String tenantId, String step) {
    return build(requestId, tenantId, step);
  }

  /// The members that follow the type; may be none.
  byte[] process() {
    return process;
  }

  private byte[] build(String requestId, String tenantId, String step) {
    return written(out -> {
      member(out, ascii("{\"cloud\":{\"resource_id\":"), orEmpty(function.arn()));
      member(out, ascii(",\"account_id\":"), orEmpty(function.accountId()));
      member(out, ascii(",\"region\":"), function.region());
      member(out, ascii("},\"faas\":{\"name\":"), function.name());
      member(out, ascii(",\"version\":"), function.version());
      member(out, ascii(",\"request_id\":"), requestId);
      memberIfAny(out, ",\"tenant_id\":", tenantId);
      memberIfAny(out, ",\"memory_size\":", details.memorySize());
      memberIfAny(out, ",\"step\":", step);
      tags(out, details.tags());
      out.write(ascii("},\"timestamp\":"));
    });
  }

  private static void tags(OutputStream out, Map<String, String> tags) throws IOException {
    if (tags.isEmpty()) {
      return;
    }
    String before = ",\"tags\":{";
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      out.write(ascii(before));
      JsonWriter.writeString(out, tag.getKey());
      member(out, ascii(":"), tag.getValue());
      before = ",";
    }
    out.write('}');
  }

  private static byte[] process(FunctionDetails details) {
    return written(out -> {
      memberIfAny(out, ",\"host.arch\":", details.architecture());
      memberIfAny(out, ",\"process.runtime.name\":", details.runtime());
    });
  }

  private static void memberIfAny(OutputStream out, String key, String value) throws IOException {
    if (!value.isEmpty()) {
      member(out, ascii(key), value);
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) {
    BodyBuffer buffer = new BodyBuffer(PREFIX_BYTES_MAX);
    try {
      writing.to(buffer);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return buffer.toByteArray();
  }
}
