package dev.logshipper.sandbox.destination.loki;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Decodes `logproto.PushRequest` (Loki's pkg/push/push.proto). Unknown fields are skipped.
final class ProtobufPush {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private ProtobufPush() {}

  static Push decode(byte[] message) throws LokiError {
    try {
      return push(CodedInputStream.newInstance(message));
    } catch (IOException e) {
      throw new LokiError(400, "proto: PushRequest: " + e.getMessage());
    }
  }

  private static Push push(CodedInputStream in) throws IOException, LokiError {
    List<Push.Stream> streams = new ArrayList<>();
    for (int field = next(in); field != 0; field = next(in)) {
      if (field == 1) {
        streams.add(stream(message(in)));
      } else {
        skip(in);
      }
    }
    return new Push(streams);
  }

  private static Push.Stream stream(CodedInputStream in) throws IOException, LokiError {
    String labels = "";
    List<LokiEntry> entries = new ArrayList<>();
    for (int field = next(in); field != 0; field = next(in)) {
      switch (field) {
        case 1 -> labels = text(in);
        case 2 -> entries.add(entry(message(in)));
        default -> skip(in);
      }
    }
    return new Push.Stream(labels, entries);
  }

  private static LokiEntry entry(CodedInputStream in) throws IOException, LokiError {
    long nanos = 0;
    String line = "";
    Map<String, String> metadata = new HashMap<>();
    for (int field = next(in); field != 0; field = next(in)) {
      switch (field) {
        case 1 -> nanos = timestamp(message(in));
        case 2 -> line = text(in);
        case 3 -> addPair(message(in), metadata);
        default -> skip(in);
      }
    }
    return new LokiEntry(nanos, line, metadata);
  }

  private static long timestamp(CodedInputStream in) throws IOException, LokiError {
    long seconds = 0;
    long nanos = 0;
    for (int field = next(in); field != 0; field = next(in)) {
      switch (field) {
        case 1 -> seconds = number(in);
        case 2 -> nanos = number(in);
        default -> skip(in);
      }
    }
    if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
      throw new LokiError(400, "timestamp: nanos not in range [0, 1e9): " + nanos);
    }
    return seconds * NANOS_PER_SECOND + nanos;
  }

  private static void addPair(CodedInputStream in, Map<String, String> pairs) throws IOException {
    String name = "";
    String value = "";
    for (int field = next(in); field != 0; field = next(in)) {
      switch (field) {
        case 1 -> name = text(in);
        case 2 -> value = text(in);
        default -> skip(in);
      }
    }
    pairs.put(name, value);
  }

  /// The number of the next field, 0 at the end of the message.
  private static int next(CodedInputStream in) throws IOException {
    return WireFormat.getTagFieldNumber(in.readTag());
  }

  private static void skip(CodedInputStream in) throws IOException {
    boolean _ = in.skipField(in.getLastTag());
  }

  private static CodedInputStream message(CodedInputStream in) throws IOException {
    expect(in, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return CodedInputStream.newInstance(in.readByteArray());
  }

  private static String text(CodedInputStream in) throws IOException {
    expect(in, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return in.readString();
  }

  private static long number(CodedInputStream in) throws IOException {
    expect(in, WireFormat.WIRETYPE_VARINT);
    return in.readInt64();
  }

  private static void expect(CodedInputStream in, int wireType) throws IOException {
    if (WireFormat.getTagWireType(in.getLastTag()) != wireType) {
      throw new IOException("wrong wireType = " + WireFormat.getTagWireType(in.getLastTag()));
    }
  }
}
