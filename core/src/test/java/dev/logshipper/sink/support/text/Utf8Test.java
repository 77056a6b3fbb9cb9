package dev.logshipper.sink.support.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is well formed, which is nearly everything, is not copied. How the rest is repaired is in
/// [JsonStringsTest].
class Utf8Test {

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 0x7f, 0x80, 0xbf, 0xc0, 0x7c0, 0x7ff, 0x800, 0xfff, 0x1000, 0xd7ff, 0xe000, 0xffff,
        0x10000, 0x3ffff, 0x40000, 0x100000, 0x10ffff
      })
  void wellFormedTextIsTheSameArray(int codePoint) {
    byte[] alone = Character.toString(codePoint).getBytes(UTF_8);
    byte[] among = ("é" + Character.toString(codePoint) + "x").getBytes(UTF_8);
    assertThat(Utf8.repaired(alone)).isSameAs(alone);
    assertThat(Utf8.repaired(among)).isSameAs(among);
  }
}
