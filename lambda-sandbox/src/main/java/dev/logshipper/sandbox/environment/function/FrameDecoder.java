package dev.logshipper.sandbox.environment.function;

import dev.logshipper.sandbox.environment.process.LineDecoder;
import dev.logshipper.sandbox.environment.process.OutputDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Splits output into frames: a type, the message's length (4 bytes each, big-endian), the time (8
/// bytes, microseconds), the message. The type is `a55a00` and a byte of flags: 1 for text, 2 for
/// "has a time", the level in the bits from 4 on.
///
/// A message longer than Lambda's limit for a log event is cut there. Output that is no frame is
/// split into lines, to the end of the stream.
final class FrameDecoder implements OutputDecoder {

  private static final int HEADER_BYTES = 16;
  private static final int MAGIC = 0xa55a00;
  private static final int HAS_TIME = 2;
  private static final int MESSAGE_BYTES_MAX = 64 << 20;
  private static final List<String> LEVELS =
      List.of("", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");

  private final Consumer<LogFrame> frames;
  private final LineDecoder lines;
  private final InstantSource clock;
  private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
  private @Nullable ByteBuffer message;
  private boolean unframed;

  FrameDecoder(Consumer<LogFrame> frames, LineDecoder lines, InstantSource clock) {
    this.frames = frames;
    this.lines = lines;
    this.clock = clock;
  }

  @Override
  public void accept(byte[] chunk, int offset, int length) {
    ByteBuffer input = ByteBuffer.wrap(chunk, offset, length);
    while (input.hasRemaining() && !unframed) {
      ByteBuffer current = message;
      if (current == null) {
        move(input, header);
        if (!header.hasRemaining()) {
          readHeader();
        }
      } else {
        move(input, current);
        passOnIfComplete(current);
      }
    }
    if (input.hasRemaining()) {
      lines.accept(chunk, input.position(), input.remaining());
    }
  }

  private static void move(ByteBuffer from, ByteBuffer to) {
    int bytes = Math.min(from.remaining(), to.remaining());
    to.put(to.position(), from, from.position(), bytes);
    to.position(to.position() + bytes);
    from.position(from.position() + bytes);
  }

  private void readHeader() {
    int length = header.getInt(4);
    if (header.getInt(0) >>> 8 != MAGIC || length < 0 || length > MESSAGE_BYTES_MAX) {
      unframed = true;
      lines.accept(header.array(), 0, HEADER_BYTES);
      return;
    }
    ByteBuffer next = ByteBuffer.allocate(length);
    message = next;
    passOnIfComplete(next);
  }

  private void passOnIfComplete(ByteBuffer current) {
    if (current.hasRemaining()) {
      return;
    }
    passOn(current);
    header.clear();
    message = null;
  }

  private void passOn(ByteBuffer complete) {
    int flags = header.getInt(0) & 0xff;
    int level = flags >> 2;
    Instant time =
        (flags & HAS_TIME) == 0
            ? clock.instant()
            : Instant.EPOCH.plus(header.getLong(8), ChronoUnit.MICROS);
    byte[] bytes = new byte[complete.position()];
    complete.flip().get(bytes);
    for (int start = 0; start < bytes.length; start += LineDecoder.EVENT_BYTES_MAX) {
      int length = Math.min(LineDecoder.EVENT_BYTES_MAX, bytes.length - start);
      String text = new String(bytes, start, length, StandardCharsets.UTF_8);
      frames.accept(new LogFrame(time, level < LEVELS.size() ? LEVELS.get(level) : "", text));
    }
  }

  /// Passes on an incomplete frame as far as it came.
  @Override
  public void end() {
    ByteBuffer current = message;
    if (current != null) {
      passOn(current);
    } else if (!unframed) {
      lines.accept(header.array(), 0, header.position());
    }
    lines.end();
  }
}
