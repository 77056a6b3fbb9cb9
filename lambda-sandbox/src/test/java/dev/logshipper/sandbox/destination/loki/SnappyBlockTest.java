package dev.logshipper.sandbox.destination.loki;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

class SnappyBlockTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 59, 60, 61, 255, 256, 257, 65_535, 65_536, 65_537, 1_000_000})
  void compressedBytesAreDecoded(int size) throws Exception {
    byte[] random = new byte[size];
    new Random(size).nextBytes(random);
    byte[] text =
        "{\"level\":\"INFO\",\"message\":\"order 1\"}\n".repeat(size / 36 + 1).getBytes(UTF_8);

    assertThat(SnappyBlock.decode(Snappy.compress(random))).isEqualTo(random);
    assertThat(SnappyBlock.decode(Snappy.compress(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "04 00 61 01 01", // copy of 4, 1 back: aaaaa is one too many for 4
        "05 00 61 01 00", // 0 back
        "05 00 61 01 02", // before the beginning
        "05 00 61", // ends too early
        "01 04 61", // literal longer than the input
        "ff ff ff ff ff ff", // length without end
        "80", // length cut off
        "02 f0", // literal whose length is cut off
        "05 00 61 0f ff ff ff ff", // 4 GiB back
        "" // nothing
      })
  void invalidBlocksAreCorrupt(String hex) {
    byte[] block = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThatThrownBy(() -> SnappyBlock.decode(block)).hasMessage("snappy: corrupt input");
  }

  @Test
  void eachKindOfElementIsDecoded() throws Exception {
    // "a", copy of 4 1 back, 2-octet offset copy of 3 5 back, 4-octet offset copy of 2 1 back
    byte[] block = HexFormat.of().parseHex("0a" + "0061" + "0101" + "0a0500" + "0701000000");

    assertThat(SnappyBlock.decode(block)).isEqualTo("aaaaaaaaaa".getBytes(UTF_8));
  }

  @Test
  void blockOf128MebibytesIs413BeforeMemoryIsAllocated() {
    byte[] block = Arrays.copyOf(HexFormat.of().parseHex("80808040"), 16 << 20);

    assertThatThrownBy(() -> SnappyBlock.decode(block))
        .isInstanceOfSatisfying(
            LokiError.class, error -> assertThat(error.status()).isEqualTo(413));
  }
}
