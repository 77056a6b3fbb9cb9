package dev.logshipper.sink.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BodyBufferTest {
  private final BodyBuffer buffer = new BodyBuffer(10_000);

  @Test
  void whatIsWrittenIsRead() throws IOException {
    buffer.write('a');
    buffer.write("xbcx".getBytes(UTF_8), 1, 2);
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    buffer.writeTo(copy);

    assertThat(copy).hasToString("abc");
    assertThat(buffer.toByteArray()).isEqualTo("abc".getBytes(UTF_8));
  }

  @Test
  void endCanBeRemoved() {
    buffer.write("abc".getBytes(UTF_8), 0, 3);
    buffer.truncate(1);
    buffer.write('d');
    buffer.truncate(5);

    assertThat(buffer.toByteArray()).isEqualTo("ad".getBytes(UTF_8));
  }

  @Test
  void itGrows() {
    buffer.write(new byte[9_000], 0, 9_000);
    buffer.write(new byte[90_000], 0, 90_000);

    assertThat(buffer.size()).isEqualTo(99_000);
  }

  @Test
  void memoryDoublesAndNotBeforeItIsFull() {
    buffer.write(new byte[8_192], 0, 8_192);
    assertThat(buffer.array()).hasSize(8_192);
    buffer.write('a');
    assertThat(buffer.array()).hasSize(16_384);
  }

  @Test
  void charactersAreNotCut() {
    byte[] text = "a\u00e4\ud83d\ude00b".getBytes(UTF_8);
    buffer.write(text, 0, text.length);

    int[] boundaries = new int[text.length];
    for (int at = 0; at < text.length; at++) {
      boundaries[at] = buffer.characterBoundary(at);
    }
    assertThat(boundaries).containsExactly(0, 1, 1, 3, 3, 3, 3, 7);
  }

  @Test
  void littleMemoryIsKept() {
    buffer.write('a');
    byte[] memory = buffer.array();
    buffer.clear();

    assertThat(buffer.size()).isZero();
    assertThat(buffer.array()).isSameAs(memory);
  }

  @Test
  void memoryUpToTheBoundIsKept() {
    BodyBuffer small = new BodyBuffer(8_192);
    small.write('a');
    byte[] memory = small.array();
    small.clear();

    assertThat(small.array()).hasSize(8_192).isSameAs(memory);
  }

  @Test
  void muchMemoryIsLetGo() {
    buffer.write(new byte[20_000], 0, 20_000);
    buffer.clear();

    assertThat(buffer.array()).isEmpty();
  }
}
