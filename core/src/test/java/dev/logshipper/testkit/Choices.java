package dev.logshipper.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/// Bytes read as decisions: the bytes come from a random source with a fixed seed in the tests
/// ([GeneratedCases]), and from a fuzzer that searches for new paths through the code in
/// `scripts/fuzz parser`. Equal bytes give equal cases. After the last byte, zeros follow.
public final class Choices {
  /// Characters that parsers and encoders tend to get wrong.
  private static final List<String> AWKWARD =
      List.of(
          "\"", "\\", "\n", "\r", "\t", "\0", "\u001f", "\u007f", "\u0085", "\u2028", "\ufffd",
          "\ufeff", "é", "€", "😀", "{", "}", "[", "]", ",", ":", "\\u", "\\ud83d", "=", " ");

  private final byte[] input;
  private int at;

  public Choices(byte[] input) {
    this.input = input;
  }

  /// A number from 0 to `max`, which is below 65536.
  public int upTo(int max) {
    int number = max > 0xff ? next() << 8 | next() : next();
    return number % (max + 1);
  }

  /// True or false.
  public boolean flag() {
    return upTo(1) == 1;
  }

  /// One of several.
  @SafeVarargs
  public final <T> T oneOf(T... options) {
    return options[upTo(options.length - 1)];
  }

  /// Any 64 bits.
  public long bits() {
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << 8 | next();
    }
    return bits;
  }

  /// Well-formed Unicode.
  ///
  /// @param piecesMax each piece is a character or an awkward sequence
  public String text(int piecesMax) {
    StringBuilder text = new StringBuilder();
    for (int pieces = upTo(piecesMax); pieces > 0; pieces--) {
      switch (upTo(3)) {
        case 0 -> text.append(AWKWARD.get(upTo(AWKWARD.size() - 1)));
        case 1 -> text.appendCodePoint(codePoint());
        default -> text.append((char) (' ' + upTo('~' - ' ')));
      }
    }
    return text.toString();
  }

  /// The text with a few bytes replaced, removed, inserted or doubled; sometimes unchanged.
  public byte[] damaged(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    for (int changes = upTo(3); changes > 0; changes--) {
      bytes = changed(bytes);
    }
    return bytes;
  }

  /// The bytes not used for a decision yet.
  public byte[] remaining() {
    byte[] remaining = Arrays.copyOfRange(input, Math.min(at, input.length), input.length);
    at = input.length;
    return remaining;
  }

  private byte[] changed(byte[] bytes) {
    int from = upTo(Math.min(bytes.length, 0xffff));
    int to = Math.min(bytes.length, from + upTo(8));
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(bytes, 0, from);
    switch (upTo(3)) {
      case 0 -> changed.writeBytes(AWKWARD.get(upTo(AWKWARD.size() - 1)).getBytes(UTF_8));
      case 1 -> changed.write(next());
      case 2 -> changed.write(bytes, from, to - from);
      default -> {
        // Removed.
      }
    }
    int resume = flag() ? to : from;
    changed.write(bytes, resume, bytes.length - resume);
    return changed.toByteArray();
  }

  private int codePoint() {
    int point = (next() << 16 | next() << 8 | next()) % (Character.MAX_CODE_POINT + 1);
    boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    return half ? point - Character.MIN_SURROGATE : point;
  }

  private int next() {
    return at < input.length ? input[at++] & 0xff : 0;
  }
}
