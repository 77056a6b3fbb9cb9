package dev.logshipper.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.Batch;
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

/// The contents of a file of the spool: a mark; the id of a batch and the number of its records;
/// then each record. Each of these parts follows its length and a checksum (CRC32C). A file may end
/// anywhere: the records before the first that is damaged count.
final class SpoolFile {
  private static final byte[] MARK = "log-shipper spool 2\n".getBytes(UTF_8);
  private static final int HEAD_BYTES = 8;

  /// Ends the id of a batch that is not whole.
  private static final String PART = ".part";

  private static final int RECORD_BYTES_MAX = 16 << 20;
  private static final int IS_JSON = 1;
  private static final int HAS_REQUEST_ID = 2;
  private static final int HAS_TENANT_ID = 4;

  private SpoolFile() {}

  /// The result of reading.
  ///
  /// @param batch under another id if it is not whole, since the original may replace it at the
  ///   destination, or the other way round; null when no record is left
  /// @param isWhole whether nothing was damaged
  record Contents(@Nullable Batch batch, boolean isWhole) {
    static final Contents DAMAGED = new Contents(null, false);
  }

  /// As many of a batch's records, from the first on, as fit.
  ///
  /// @return null when none fits
  static byte @Nullable [] write(Batch batch, long bytesMax) throws IOException {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    long bytes = (long) MARK.length + HEAD_BYTES + head(batch.id() + PART, 0).length;
    int count = 0;
    for (LogRecord record : batch.records()) {
      byte[] body = body(record);
      bytes += HEAD_BYTES + body.length;
      if (bytes > bytesMax) {
        break;
      }
      count++;
      append(records, body);
    }
    if (count == 0) {
      return null;
    }
    boolean isWhole = count == batch.records().size();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(MARK);
    append(file, head(isWhole ? batch.id() : batch.id() + PART, count));
    records.writeTo(file);
    return file.toByteArray();
  }

  private static byte[] head(String id, int records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(records);
      write(out, id);
    }
    return bytes.toByteArray();
  }

  private static void append(ByteArrayOutputStream out, byte[] part) {
    out.writeBytes(
        ByteBuffer.allocate(HEAD_BYTES).putInt(part.length).putInt(checksum(part)).array());
    out.writeBytes(part);
  }

  static Contents read(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    byte[] mark = new byte[Math.min(MARK.length, file.length)];
    in.get(mark);
    byte[] head = Arrays.equals(mark, MARK) ? next(in) : null;
    if (head == null) {
      return Contents.DAMAGED;
    }
    try {
      ByteBuffer parts = ByteBuffer.wrap(head);
      int count = parts.getInt();
      String id = text(parts);
      List<LogRecord> records = records(in);
      boolean isWhole = records.size() == count && !in.hasRemaining();
      return new Contents(
          records.isEmpty() ? null : new Batch(isWhole ? id : id + PART, records), isWhole);
    } catch (RuntimeException _) {
      // A checksum can be forged.
      return Contents.DAMAGED;
    }
  }

  private static List<LogRecord> records(ByteBuffer in) {
    List<LogRecord> records = new ArrayList<>();
    byte[] body = next(in);
    while (body != null) {
      LogRecord record = record(ByteBuffer.wrap(body));
      if (record == null) {
        return records;
      }
      records.add(record);
      body = next(in);
    }
    return records;
  }

  /// The next part; null at the end, or when it is damaged.
  private static byte @Nullable [] next(ByteBuffer in) {
    if (in.remaining() < HEAD_BYTES) {
      return null;
    }
    in.mark();
    int length = in.getInt();
    int checksum = in.getInt();
    if (length < 0 || length > Math.min(RECORD_BYTES_MAX, in.remaining())) {
      in.reset();
      return null;
    }
    byte[] body = new byte[length];
    in.get(body);
    if (checksum(body) != checksum) {
      in.reset();
      return null;
    }
    return body;
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
