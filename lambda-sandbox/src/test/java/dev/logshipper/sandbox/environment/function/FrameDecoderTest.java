package dev.logshipper.sandbox.environment.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.environment.process.LineDecoder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant THEN = Instant.parse("2025-12-31T23:59:59.123456Z");
  private static final int TEXT = 0xa55a0003;
  private static final int TEXT_ERROR = 0xa55a0017;

  private final List<LogFrame> frames = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final FrameDecoder decoder =
      new FrameDecoder(frames::add, new LineDecoder(lines::add), () -> NOW);

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 17, 1000})
  void framesAreFoundInChunksOfAnySize(int chunk) {
    accept(concat(frame(TEXT_ERROR, "ü\nb\n"), frame(TEXT, ""), frame(TEXT, "c")), chunk);

    assertThat(frames)
        .containsExactly(new LogFrame(THEN, "ERROR", "ü\nb\n"), new LogFrame(THEN, "", "c"));
    assertThat(lines).isEmpty();
  }

  @Test
  void frameWithoutTimeHasThatOfItsArrival() {
    accept(frame(0xa55a0001, "a"), 100);

    assertThat(frames).containsExactly(new LogFrame(NOW, "", "a"));
  }

  @Test
  void outputThatIsNoFrameIsSplitIntoLines() {
    accept(concat(frame(TEXT, "a"), "plain text\nof two lines".getBytes(UTF_8)), 7);

    assertThat(frames).extracting(LogFrame::message).containsExactly("a");
    assertThat(lines).containsExactly("plain text", "of two lines");
  }

  @Test
  void incompleteFrameIsPassedOnAtTheEnd() {
    byte[] whole = frame(TEXT, "abcdef");
    accept(ByteBuffer.allocate(20).put(whole, 0, 20).array(), 100);

    assertThat(frames).extracting(LogFrame::message).containsExactly("abcd");
  }

  @Test
  void messageBeyondTheLimitOfAnEventIsCut() {
    accept(frame(TEXT, "x".repeat(LineDecoder.EVENT_BYTES_MAX + 1)), 64 * 1024);

    assertThat(frames)
        .extracting(frame -> frame.message().length())
        .containsExactly(LineDecoder.EVENT_BYTES_MAX, 1);
  }

  private void accept(byte[] bytes, int chunk) {
    for (int at = 0; at < bytes.length; at += chunk) {
      decoder.accept(bytes, at, Math.min(chunk, bytes.length - at));
    }
    decoder.end();
  }

  private static byte[] frame(int type, String text) {
    byte[] message = text.getBytes(UTF_8);
    long micros = THEN.getEpochSecond() * 1_000_000 + THEN.getNano() / 1_000;
    return ByteBuffer.allocate(16 + message.length)
        .putInt(type)
        .putInt(message.length)
        .putLong(micros)
        .put(message)
        .array();
  }

  private static byte[] concat(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(1000);
    for (byte[] part : parts) {
      all.put(part);
    }
    byte[] bytes = new byte[all.position()];
    all.flip().get(bytes);
    return bytes;
  }
}
