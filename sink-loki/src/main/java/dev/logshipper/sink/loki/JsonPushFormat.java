package dev.logshipper.sink.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.BodyBuffer;
import dev.logshipper.sink.support.FastGzipOutputStream;
import dev.logshipper.sink.support.text.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;

/// JSON, for gateways before Loki that accept nothing else:
/// `{"streams":[{"stream":{…},"values":[["nanoseconds","line",{…}]]}]}`.
final class JsonPushFormat implements PushFormat {
  private static final int CHUNK_BYTES = 8 * 1024;
  private static final int QUOTES = 2;

  private final boolean gzip;
  private final BodyBuffer text = new BodyBuffer(KEPT_BYTES_MAX);

  JsonPushFormat(boolean gzip) {
    this.gzip = gzip;
  }

  @Override
  public void describe(Headers.Builder headers) {
    headers.set("Content-Type", "application/json");
    if (gzip) {
      headers.add("Content-Encoding", "gzip");
    }
  }

  @Override
  public int bytesOf(LogRecord record) throws IOException {
    text.clear();
    record.writeJsonStringTo(text);
    return text.size() - QUOTES + LINE_OVERHEAD_BYTES + PushFormat.metadataBytes(record);
  }

  @Override
  public void write(List<PushStream> streams, OutputStream body) throws IOException {
    if (!gzip) {
      writeText(streams, body);
      return;
    }
    // Compressed in one call: one for every few bytes would cost more than the memory.
    text.clear();
    writeText(streams, text);
    try (OutputStream out = new FastGzipOutputStream(body, CHUNK_BYTES)) {
      text.writeTo(out);
    }
    text.clear();
  }

  private static void writeText(List<PushStream> streams, OutputStream out) throws IOException {
    String separator = "{\"streams\":[";
    for (PushStream stream : streams) {
      write(separator + "{\"stream\":" + stream.labels().json() + ",\"values\":", out);
      writeEntries(stream.entries(), out);
      write("}", out);
      separator = ",";
    }
    write("]}", out);
  }

  private static void writeEntries(List<PushStream.Entry> entries, OutputStream out)
      throws IOException {
    String separator = "[";
    for (PushStream.Entry entry : entries) {
      write(separator + "[\"" + entry.nanos() + "\",", out);
      entry.line().writeJsonStringTo(out);
      writeMetadata(entry.metadata(), out);
      write("]", out);
      separator = ",";
    }
    write("]", out);
  }

  private static void writeMetadata(PushStream.Metadata metadata, OutputStream out)
      throws IOException {
    String separator = ",{";
    if (!metadata.requestId().isEmpty()) {
      write(separator + "\"" + REQUEST_ID + "\":", out);
      JsonWriter.writeString(out, metadata.requestId());
      separator = ",";
    }
    if (!metadata.tenantId().isEmpty()) {
      write(separator + "\"" + TENANT_ID + "\":", out);
      JsonWriter.writeString(out, metadata.tenantId());
      separator = ",";
    }
    for (Map.Entry<String, String> field : metadata.fields().entrySet()) {
      write(separator + "\"" + field.getKey() + "\":", out);
      JsonWriter.writeString(out, field.getValue());
      separator = ",";
    }
    if (separator.equals(",")) {
      write("}", out);
    }
  }

  private static void write(String ascii, OutputStream out) throws IOException {
    out.write(ascii.getBytes(UTF_8));
  }
}
