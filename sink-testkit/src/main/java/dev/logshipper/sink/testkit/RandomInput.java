package dev.logshipper.sink.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random log records and texts, made from bytes: equal bytes give equal data, and a fuzzer can
/// search for bytes that make a new case. After the last byte, zeros follow. Not thread-safe.
///
/// ```java
/// @Test
/// void anyRecordIsEncoded() throws Exception {
///   RandomInput.check(getClass(), 500, input -> assertEncodes(new RandomInput(input).records()));
/// }
/// ```
public final class RandomInput {
  private static final long SEED = 20_261_121;
  private static final int BYTES_MAX_LOG2 = 10;
  private static final int TEXT_PIECES_MAX = 12;

  /// Characters that encoders tend to get wrong.
  private static final List<String> AWKWARD =
      List.of(
          "\"", "\\", "\n", "\r", "\t", "\0", "\u001f", "\u007f", "\u0085", "\u2028", "\ufffd",
          "\ufeff", "é", "€", "😀", "{", "}", "[", "]", ",", ":", "\\u", "\\ud83d", "=", " ");

  private final byte[] input;
  private final RandomJson json = new RandomJson(this);
  private int at;

  public RandomInput(byte[] input) {
    this.input = input.clone();
  }

  /// A property of every input.
  @FunctionalInterface
  public interface Property {
    /// Throws when the property does not hold.
    void holdsFor(byte[] input) throws Throwable;
  }

  /// Fails at the first input for which the property does not hold, and keeps it in a file under
  /// `target/fuzz`. The inputs are the same in each run.
  ///
  /// @param test names the file
  public static void check(Class<?> test, int cases, Property property) throws IOException {
    Random random = new Random(SEED);
    for (int number = 0; number < cases; number++) {
      byte[] input = new byte[random.nextInt(2 << random.nextInt(BYTES_MAX_LOG2))];
      random.nextBytes(input);
      try {
        property.holdsFor(input);
      } catch (Throwable e) {
        Path kept = Path.of("target", "fuzz", test.getSimpleName() + "-case-" + number);
        Files.createDirectories(kept.getParent());
        Files.write(kept, input);
        throw new AssertionError("fails for the input in " + kept.toAbsolutePath(), e);
      }
    }
  }

  /// Returns at least one record, each of any type and content that core may pass to a sink.
  public List<LogRecord> records() {
    List<LogRecord> records = new ArrayList<>();
    for (int more = upTo(4); more >= 0; more--) {
      records.add(record());
    }
    return records;
  }

  /// Returns a number from 0 to `max`, which is below 65536.
  public int upTo(int max) {
    int number = max > 0xff ? next() << 8 | next() : next();
    return number % (max + 1);
  }

  /// Returns true or false.
  public boolean flag() {
    return upTo(1) == 1;
  }

  /// Returns well-formed Unicode.
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

  String oneOf(String... options) {
    return options[upTo(options.length - 1)];
  }

  long bits() {
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << 8 | next();
    }
    return bits;
  }

  private LogRecord record() {
    String time = oneOf("2026-11-21T10:15:30.123Z", "2026-11-21T10:15:30Z", text(6));
    String type =
        oneOf(
            "function",
            "extension",
            "platform.start",
            "platform.runtimeDone",
            "platform.report",
            "platform.report",
            text(4));
    String requestId = flag() ? null : text(6);
    return switch (upTo(2)) {
      case 0 -> LogRecord.text(time, type, requestId, text(TEXT_PIECES_MAX).getBytes(UTF_8));
      case 1 -> LogRecord.json(time, type, requestId, json.value().getBytes(UTF_8));
      default -> LogRecord.json(time, type, requestId, json.report().getBytes(UTF_8));
    };
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
