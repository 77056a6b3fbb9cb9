package dev.logshipper.examples.hello;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One log event as AWS's runtime client frames it: type, length, time in microseconds, message.
///
/// @param type magic `a55a00`, then flags: bit 0 text, bit 1 time present, bits 2 to 4 the level
record LogFrame(int type, long epochMicros, String message) {
  static final int TEXT_ERROR = 0xa55a0017;

  static List<LogFrame> parse(byte[] bytes) {
    List<LogFrame> frames = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      int type = buffer.getInt();
      byte[] message = new byte[buffer.getInt()];
      long epochMicros = buffer.getLong();
      buffer.get(message);
      frames.add(new LogFrame(type, epochMicros, new String(message, UTF_8)));
    }
    return frames;
  }
}
