package dev.logshipper.sink.loki;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.logshipper.format.BodyBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import okhttp3.Headers;

/// A `logproto.PushRequest`, compressed with snappy. Five messages, written by hand: generated code
/// costs more to load than to write (source of the schema: Loki's `pkg/push/push.proto`).
final class ProtobufPush implements PushFormat {
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

  private final SnappyBlocks snappy;
  private final BodyBuffer message = new BodyBuffer(KEPT_BYTES_MAX);

  ProtobufPush(SnappyBlocks snappy) {
    this.snappy = snappy;
  }

  @Override
  public void describe(Headers.Builder headers) {
    headers.add("Content-Type", "application/x-protobuf");
  }

  @Override
  public void write(List<PushStream> streams, boolean metadata, OutputStream body)
      throws IOException {
    message.clear();
    CodedOutputStream out = CodedOutputStream.newInstance(message, CODED_BYTES);
    for (PushStream stream : streams) {
      writeStream(stream, metadata, out);
    }
    out.flush();
    snappy.write(message, body);
    message.clear();
  }

  private void writeStream(PushStream stream, boolean metadata, CodedOutputStream out)
      throws IOException {
    String labels = stream.labels().text();
    int size = CodedOutputStream.computeStringSize(STREAM_LABELS, labels);
    for (PushStream.Entry entry : stream.entries()) {
      size += sizeOfMessage(STREAM_ENTRIES, sizeOfEntry(entry, metadata));
    }
    beginMessage(REQUEST_STREAMS, size, out);
    out.writeString(STREAM_LABELS, labels);
    for (PushStream.Entry entry : stream.entries()) {
      writeEntry(entry, metadata, out);
    }
  }

  private void writeEntry(PushStream.Entry entry, boolean metadata, CodedOutputStream out)
      throws IOException {
    beginMessage(STREAM_ENTRIES, sizeOfEntry(entry, metadata), out);
    beginMessage(ENTRY_TIMESTAMP, sizeOfTimestamp(entry.nanos()), out);
    out.writeInt64(TIMESTAMP_SECONDS, entry.nanos() / NANOS_PER_SECOND);
    out.writeInt32(TIMESTAMP_NANOS, (int) (entry.nanos() % NANOS_PER_SECOND));
    beginMessage(ENTRY_LINE, entry.line().sizeBytes(), out);
    out.flush();
    entry.line().writeTo(message);
    String requestId = PushFormat.requestId(entry.line(), metadata);
    if (!requestId.isEmpty()) {
      beginMessage(ENTRY_METADATA, sizeOfPair(requestId), out);
      out.writeString(PAIR_NAME, REQUEST_ID);
      out.writeString(PAIR_VALUE, requestId);
    }
  }

  private static int sizeOfEntry(PushStream.Entry entry, boolean metadata) {
    String requestId = PushFormat.requestId(entry.line(), metadata);
    return sizeOfMessage(ENTRY_TIMESTAMP, sizeOfTimestamp(entry.nanos()))
        + sizeOfMessage(ENTRY_LINE, entry.line().sizeBytes())
        + (requestId.isEmpty() ? 0 : sizeOfMessage(ENTRY_METADATA, sizeOfPair(requestId)));
  }

  private static int sizeOfTimestamp(long nanos) {
    return CodedOutputStream.computeInt64Size(TIMESTAMP_SECONDS, nanos / NANOS_PER_SECOND)
        + CodedOutputStream.computeInt32Size(TIMESTAMP_NANOS, (int) (nanos % NANOS_PER_SECOND));
  }

  private static int sizeOfPair(String requestId) {
    return CodedOutputStream.computeStringSize(PAIR_NAME, REQUEST_ID)
        + CodedOutputStream.computeStringSize(PAIR_VALUE, requestId);
  }

  /// Of whatever has a length before it: a message or a text.
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
