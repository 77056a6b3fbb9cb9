package dev.logshipper.sandbox.destination.loki;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Decodes `logproto.PushRequest` (Loki's pkg/push/push.proto). Unknown fields are skipped.
final class ProtobufPush {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private ProtobufPush() {}

  static Push decode(byte[] message) throws LokiError {
    ProtobufReader in = new ProtobufReader(ByteBuffer.wrap(message));
    List<Push.Stream> streams = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        streams.add(stream(in.message()));
      } else {
        in.skip();
      }
    }
    return new Push(streams);
  }

  private static Push.Stream stream(ProtobufReader in) throws LokiError {
    String labels = "";
    List<LokiEntry> entries = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> labels = in.text();
        case 2 -> entries.add(entry(in.message()));
        default -> in.skip();
      }
    }
    return new Push.Stream(labels, entries);
  }

  private static LokiEntry entry(ProtobufReader in) throws LokiError {
    long nanos = 0;
    String line = "";
    Map<String, String> metadata = new HashMap<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> nanos = timestamp(in.message());
        case 2 -> line = in.text();
        case 3 -> addPair(in.message(), metadata);
        default -> in.skip();
      }
    }
    return new LokiEntry(nanos, line, metadata);
  }

  private static long timestamp(ProtobufReader in) throws LokiError {
    long seconds = 0;
    long nanos = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> seconds = in.number();
        case 2 -> nanos = in.number();
        default -> in.skip();
      }
    }
    if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
      throw new LokiError(400, "timestamp: nanos not in range [0, 1e9): " + nanos);
    }
    return seconds * NANOS_PER_SECOND + nanos;
  }

  private static void addPair(ProtobufReader in, Map<String, String> pairs) throws LokiError {
    String name = "";
    String value = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.text();
        case 2 -> value = in.text();
        default -> in.skip();
      }
    }
    pairs.put(name, value);
  }
}
