package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logshipper.sink.LogRecord;
import java.util.Arrays;

/// Decides whether a line continues the lines before it: indented, empty, or with a form that only
/// the inside of a stack trace has. A line that states a level begins a record, as does any other.
/// Not thread-safe.
final class LineContinuation {
  private static final byte[][] STARTS = {
    ascii("Caused by: "),
    ascii("Suppressed: "),
    ascii("During handling of the above exception, another exception occurred:"),
    ascii("The above exception was the direct cause of the following exception:"),
    ascii("...")
  };

  private static final byte[] TRACEBACK = ascii("Traceback (most recent call last):");
  private static final byte[] GOROUTINE = ascii("goroutine ");
  private static final byte[] CREATED_BY = ascii("created by ");
  private static final byte[] EXIT = ascii("exit status ");
  private static final byte[] GO_PANIC = ascii("panic: ");
  private static final byte[] GO_SIGNAL = ascii("[signal ");
  private static final byte[] EXCEPTION = ascii("Exception");
  private static final byte[] ERROR = ascii("Error");
  private static final byte[] RUST_THREAD = ascii("thread '");
  private static final byte[] RUST_NOTE = ascii("note: run with ");
  private static final byte[] RUST_STACK = ascii("stack backtrace:");

  private enum Inside {
    LINES,
    /// Of Python: its end is a line without indentation, `ValueError: boom`.
    TRACEBACK,
    /// Of Go: lines of functions alternate with indented ones.
    GOROUTINE,
    GO_PANIC,
    /// Of Rust: the message is on the second line.
    RUST_PANIC_HEAD,
    RUST_PANIC
  }

  private Inside inside = Inside.LINES;
  private boolean continued;
  private boolean block;

  /// Whether the last line states the level of the heading before it.
  private boolean headed;

  /// A record begins.
  void start(byte[] line) {
    continued = false;
    block = false;
    headed = false;
    inside = Inside.LINES;
    if (startsWith(line, TRACEBACK)) {
      inside = Inside.TRACEBACK;
    } else if (startsWith(line, GO_PANIC)) {
      inside = Inside.GO_PANIC;
    } else if (startsWith(line, GOROUTINE)) {
      inside = Inside.GOROUTINE;
    } else if (startsWith(line, RUST_THREAD)) {
      inside = endsWith(line, ':') ? Inside.RUST_PANIC_HEAD : Inside.RUST_PANIC;
    }
  }

  /// Whether the line continues the record.
  ///
  /// @param start the record's first line
  /// @param record of the line
  boolean accept(byte[] line, LogRecord start, LogRecord record) {
    boolean stated = headed || (!continued && start.severity().isPresent());
    headed = !continued && !stated && record.severity().isPresent() && isHeaded(line, start);
    boolean accepted =
        record.severity().isPresent() ? headed : continues(line) || (stated && isThrowable(line));
    continued |= accepted;
    return accepted;
  }

  private boolean continues(byte[] line) {
    return isEmpty(line)
        || opensBlock(line)
        || closesBlock(line)
        || isInside(line)
        || startsLikeTrace(line);
  }

  /// java.util.logging and tinylog state the level on the second line.
  private static boolean isHeaded(byte[] line, LogRecord start) {
    if (isIndented(line)) {
      return false;
    }
    int heading = start.sizeBytes();
    byte[] both = new byte[heading + 1 + line.length];
    start.content().get(both, 0, heading);
    heading -= heading > 0 && both[heading - 1] == '\n' ? 1 : 0;
    both[heading] = '\n';
    System.arraycopy(line, 0, both, heading + 1, line.length);
    byte[] text = Arrays.copyOf(both, heading + 1 + line.length);
    return start.withText(text).severity().isPresent();
  }

  private boolean startsLikeTrace(byte[] line) {
    if (startsWith(line, TRACEBACK)) {
      inside = Inside.TRACEBACK;
      return true;
    }
    if (startsWith(line, GOROUTINE)) {
      inside = Inside.GOROUTINE;
      return true;
    }
    for (byte[] start : STARTS) {
      if (startsWith(line, start)) {
        return true;
      }
    }
    return false;
  }

  private boolean opensBlock(byte[] line) {
    boolean indented = isIndented(line);
    block |= indented;
    return indented;
  }

  /// The last line of a printed object.
  private boolean closesBlock(byte[] line) {
    boolean closes = block && line.length <= 3 && (line[0] == '}' || line[0] == ']');
    block &= !closes;
    return closes;
  }

  /// `java.lang.IllegalStateException: boom`, which Java's loggers write below the message.
  private static boolean isThrowable(byte[] line) {
    int end = 0;
    boolean dotted = false;
    while (end < line.length && isOfClassName(line[end])) {
      dotted |= line[end] == '.';
      end++;
    }
    boolean alone = end == line.length || line[end] == ':' || line[end] <= ' ';
    return alone && dotted && (endsWith(line, end, EXCEPTION) || endsWith(line, end, ERROR));
  }

  private static boolean isOfClassName(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '.'
        || b == '_'
        || b == '$';
  }

  private static boolean endsWith(byte[] line, int end, byte[] last) {
    int from = end - last.length;
    return from >= 0 && Arrays.equals(line, from, end, last, 0, last.length);
  }

  /// `main.f(0x1, 0x2)`.
  private static boolean isCall(byte[] line) {
    int at = 0;
    while (at < line.length && line[at] > ' ' && line[at] != '(') {
      at++;
    }
    return at > 0 && at < line.length && line[at] == '(' && endsWith(line, ')');
  }

  private boolean isInside(byte[] line) {
    return switch (inside) {
      case LINES -> false;
      case TRACEBACK -> {
        inside = Inside.LINES;
        yield true;
      }
      case GOROUTINE -> {
        boolean ends = startsWith(line, EXIT);
        inside = ends ? Inside.LINES : inside;
        yield ends || isCall(line) || startsWith(line, CREATED_BY);
      }
      case GO_PANIC -> startsWith(line, GO_SIGNAL) || startsWith(line, GO_PANIC);
      case RUST_PANIC_HEAD -> {
        inside = Inside.RUST_PANIC;
        yield true;
      }
      case RUST_PANIC -> startsWith(line, RUST_NOTE) || startsWith(line, RUST_STACK);
    };
  }

  private static boolean isEmpty(byte[] line) {
    return line.length == 0 || (line.length <= 2 && (line[0] == '\n' || line[0] == '\r'));
  }

  /// With a space, a tab, or the no-break spaces of Python's client.
  private static boolean isIndented(byte[] line) {
    return line[0] == ' '
        || line[0] == '\t'
        || (line.length > 1 && line[0] == (byte) 0xc2 && line[1] == (byte) 0xa0);
  }

  /// Ignores line ends.
  private static boolean endsWith(byte[] line, char last) {
    int end = line.length;
    while (end > 0 && (line[end - 1] == '\n' || line[end - 1] == '\r')) {
      end--;
    }
    return end > 0 && line[end - 1] == last;
  }

  private static boolean startsWith(byte[] line, byte[] start) {
    return line.length >= start.length
        && Arrays.equals(line, 0, start.length, start, 0, start.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
