package dev.logshipper.sink.loki;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.BodyBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;

/// A `logproto.PushRequest`, compressed with snappy. Its five messages are written by hand, because
/// generated code takes longer to load (source of the schema: Loki's `pkg/push/push.proto`).
final class ProtobufPushFormat implements PushFormat {
  private static final int REQUEST_STREAMS = 1;
  private static final int STREAM_LABELS = 1;
  private static final int STREAM_ENTRIES = 2;
  private static final int ENTRY_TIMESTAMP = 1;
  private static final int ENTRY_LINE = 2;
  private static final int ENTRY_METADATA = 3;
  private static final int TIMESTAMP_SECONDS = 1;
  private static final int TIMESTAMP_NANOS = 2;
  private static final int PAIR_NAME = 1;
  private static final int PAIR_VALUE = 2;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int CODED_BYTES = 4096;
  private static final byte[] NONE = {};

  private final SnappyEncoder snappy;
  private final BodyBuffer message = new BodyBuffer(KEPT_BYTES_MAX);
  private PushStream.Metadata encodedMetadata = PushStream.Metadata.NONE;
  private byte[] pairs = NONE;

  ProtobufPushFormat(SnappyEncoder snappy) {
    this.snappy = snappy;
  }

  @Override
  public void describe(Headers.Builder headers) {
    headers.set("Content-Type", "application/x-protobuf");
  }

  @Override
  public int bytesOf(LogRecord record) {
    return record.sizeBytes() + LINE_OVERHEAD_BYTES + PushFormat.metadataBytes(record);
  }

  @Override
  public void write(List<PushStream> streams, OutputStream body) throws IOException {
    message.clear();
    CodedOutputStream out = CodedOutputStream.newInstance(message, CODED_BYTES);
    for (PushStream stream : streams) {
      writeStream(stream, out);
    }
    out.flush();
    snappy.write(message, body);
    message.clear();
  }

  private void writeStream(PushStream stream, CodedOutputStream out) throws IOException {
    String labels = stream.labels().text();
    int size = CodedOutputStream.computeStringSize(STREAM_LABELS, labels);
    for (PushStream.Entry entry : stream.entries()) {
      size += sizeOfMessage(STREAM_ENTRIES, sizeOfEntry(entry));
    }
    beginMessage(REQUEST_STREAMS, size, out);
    out.writeString(STREAM_LABELS, labels);
    for (PushStream.Entry entry : stream.entries()) {
      writeEntry(entry, out);
    }
  }

  private void writeEntry(PushStream.Entry entry, CodedOutputStream out) throws IOException {
    beginMessage(STREAM_ENTRIES, sizeOfEntry(entry), out);
    beginMessage(ENTRY_TIMESTAMP, sizeOfTimestamp(entry.nanos()), out);
    out.writeInt64(TIMESTAMP_SECONDS, entry.nanos() / NANOS_PER_SECOND);
    out.writeInt32(TIMESTAMP_NANOS, (int) (entry.nanos() % NANOS_PER_SECOND));
    beginMessage(ENTRY_LINE, entry.line().sizeBytes(), out);
    out.flush();
    entry.line().writeTo(message);
    out.writeRawBytes(metadataOf(entry.metadata()));
  }

  private int sizeOfEntry(PushStream.Entry entry) throws IOException {
    return sizeOfMessage(ENTRY_TIMESTAMP, sizeOfTimestamp(entry.nanos()))
        + sizeOfMessage(ENTRY_LINE, entry.line().sizeBytes())
        + metadataOf(entry.metadata()).length;
  }

  /// The fields with request id, tenant and lifted fields. Cached, because consecutive lines mostly
  /// belong to the same invocation.
  private byte[] metadataOf(PushStream.Metadata metadata) throws IOException {
    if (!metadata.equals(encodedMetadata)) {
      BodyBuffer encoded = new BodyBuffer(0);
      writePair(REQUEST_ID, metadata.requestId(), encoded);
      writePair(TENANT_ID, metadata.tenantId(), encoded);
      for (Map.Entry<String, String> field : metadata.fields().entrySet()) {
        writePair(field.getKey(), field.getValue(), encoded);
      }
      pairs = encoded.toByteArray();
      encodedMetadata = metadata;
    }
    return pairs;
  }

  private static void writePair(String name, String value, BodyBuffer target) throws IOException {
    if (value.isEmpty()) {
      return;
    }
    int size =
        CodedOutputStream.computeStringSize(PAIR_NAME, name)
            + CodedOutputStream.computeStringSize(PAIR_VALUE, value);
    CodedOutputStream out = CodedOutputStream.newInstance(target, CODED_BYTES);
    beginMessage(ENTRY_METADATA, size, out);
    out.writeString(PAIR_NAME, name);
    out.writeString(PAIR_VALUE, value);
    out.flush();
  }

  private static int sizeOfTimestamp(long nanos) {
    return CodedOutputStream.computeInt64Size(TIMESTAMP_SECONDS, nanos / NANOS_PER_SECOND)
        + CodedOutputStream.computeInt32Size(TIMESTAMP_NANOS, (int) (nanos % NANOS_PER_SECOND));
  }

  /// The size of a length-delimited field: a message or a text.
  private static int sizeOfMessage(int field, int size) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag(size)
        + size;
  }

  private static void beginMessage(int field, int size, CodedOutputStream out) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(size);
  }
}
