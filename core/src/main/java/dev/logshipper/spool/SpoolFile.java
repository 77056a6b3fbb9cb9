package dev.logshipper.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The contents of a file of the spool: a mark, then for each record its length, a checksum
/// (CRC32C) and its parts. A file may end anywhere: the records before the first that is damaged
/// count.
final class SpoolFile {
  private static final byte[] MARK = "log-shipper spool 1\n".getBytes(UTF_8);
  private static final int HEAD_BYTES = 8;
  private static final int RECORD_BYTES_MAX = 16 << 20;
  private static final int IS_JSON = 1;
  private static final int HAS_REQUEST_ID = 2;
  private static final int HAS_TENANT_ID = 4;

  private SpoolFile() {}

  /// The result of reading.
  ///
  /// @param isWhole whether nothing was damaged
  record Contents(List<LogRecord> records, boolean isWhole) {
    Contents {
      records = List.copyOf(records);
    }
  }

  /// As many of the records, from the first on, as fit.
  ///
  /// @return null when none fits
  static byte @Nullable [] write(List<LogRecord> records, long bytesMax) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(MARK);
    boolean isEmpty = true;
    for (LogRecord record : records) {
      byte[] body = body(record);
      if (file.size() + HEAD_BYTES + body.length > bytesMax) {
        break;
      }
      isEmpty = false;
      file.writeBytes(
          ByteBuffer.allocate(HEAD_BYTES).putInt(body.length).putInt(checksum(body)).array());
      file.writeBytes(body);
    }
    return isEmpty ? null : file.toByteArray();
  }

  static Contents read(byte[] file) {
    List<LogRecord> records = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file);
    byte[] mark = new byte[Math.min(MARK.length, file.length)];
    in.get(mark);
    boolean isWhole = Arrays.equals(mark, MARK);
    while (isWhole && in.hasRemaining()) {
      LogRecord record = in.remaining() < HEAD_BYTES ? null : next(in);
      isWhole = record != null;
      if (record != null) {
        records.add(record);
      }
    }
    return new Contents(records, isWhole);
  }

  private static @Nullable LogRecord next(ByteBuffer in) {
    int length = in.getInt();
    int checksum = in.getInt();
    if (length < 0 || length > Math.min(RECORD_BYTES_MAX, in.remaining())) {
      return null;
    }
    byte[] body = new byte[length];
    in.get(body);
    return checksum(body) == checksum ? record(ByteBuffer.wrap(body)) : null;
  }

  private static byte[] body(LogRecord record) throws IOException {
    String requestId = record.requestId().orElse(null);
    String tenantId = record.tenantId().orElse(null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(
          (record.isJson() ? IS_JSON : 0)
              | (requestId == null ? 0 : HAS_REQUEST_ID)
              | (tenantId == null ? 0 : HAS_TENANT_ID));
      write(out, record.time());
      write(out, record.type());
      if (requestId != null) {
        write(out, requestId);
      }
      if (tenantId != null) {
        write(out, tenantId);
      }
      out.writeInt(record.fields().size());
      for (Map.Entry<String, String> field : record.fields().entrySet()) {
        write(out, field.getKey());
        write(out, field.getValue());
      }
      record.writeTo(out);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static @Nullable LogRecord record(ByteBuffer body) {
    try {
      int flags = body.get();
      String time = text(body);
      String type = text(body);
      String requestId = (flags & HAS_REQUEST_ID) == 0 ? null : text(body);
      String tenantId = (flags & HAS_TENANT_ID) == 0 ? null : text(body);
      Map<String, String> fields = new LinkedHashMap<>();
      for (int left = body.getInt(); left > 0; left--) {
        fields.put(text(body), text(body));
      }
      byte[] content = new byte[body.remaining()];
      body.get(content);
      LogRecord record =
          (flags & IS_JSON) == 0
              ? LogRecord.text(time, type, requestId, content)
              : LogRecord.json(time, type, requestId, content);
      return record.withTenantId(tenantId).withFields(fields);
    } catch (RuntimeException _) {
      // A checksum can be forged.
      return null;
    }
  }

  private static String text(ByteBuffer body) {
    int length = body.getInt();
    if (length < 0 || length > body.remaining()) {
      throw new IllegalArgumentException("broken");
    }
    byte[] utf8 = new byte[length];
    body.get(utf8);
    return new String(utf8, UTF_8);
  }

  private static int checksum(byte[] body) {
    CRC32C checksum = new CRC32C();
    checksum.update(body);
    return (int) checksum.getValue();
  }
}
