package dev.logshipper.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.logshipper.sink.LogRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A private key that goes on in the next records, because each line that the function printed is a
/// record. Not thread-safe.
final class UnfinishedKey {
  private static final int LINES_MAX = 400;
  private static final int LINE_BYTES_MAX = 16_384;
  private static final Matches.Match REST = new Matches.Match(0, 0, RedactionKind.PRIVATE_KEY, "");

  private boolean isOpen;
  private int lines;
  private @Nullable String requestId;
  private String type = "";

  /// Takes note of a record's values, of which the last may be a key without an end.
  void observe(LogRecord record, Matches matches) {
    if (record.isJson() || matches.isEmpty()) {
      return;
    }
    Matches.Match last = matches.get(matches.size() - 1);
    if (last.kind() == RedactionKind.PRIVATE_KEY
        && last.end() == record.sizeBytes()
        && !hasEnd(last.value().getBytes(ISO_8859_1), last.value().length())) {
      isOpen = true;
      lines = 0;
      requestId = record.requestId().orElse(null);
      type = record.type();
    }
  }

  /// Whether a record is a further line of the key.
  boolean continuesIn(LogRecord record, byte[] content, int length) {
    if (!isOpen || record.isJson() || !isOfSameInvocation(record)) {
      return false;
    }
    boolean ends = length <= LINE_BYTES_MAX && hasEnd(content, length);
    boolean continues =
        ends || (length <= LINE_BYTES_MAX && isKeyLine(content, length) && ++lines <= LINES_MAX);
    isOpen = continues && !ends;
    return continues;
  }

  /// The replacement of such a record.
  Matches.Match rest() {
    return REST;
  }

  private boolean isOfSameInvocation(LogRecord record) {
    return Objects.equals(requestId, record.requestId().orElse(null)) && type.equals(record.type());
  }

  private static boolean hasEnd(byte[] bytes, int length) {
    Text text = new Text();
    text.reset(bytes, length);
    for (int at = 0; at < length; at++) {
      if (bytes[at] == '-' && text.hasWord(PrivateKeyScanner.END, at)) {
        return true;
      }
    }
    return false;
  }

  /// Base64, an empty line, or a header such as `Proc-Type: 4,ENCRYPTED`.
  private static boolean isKeyLine(byte[] bytes, int length) {
    Text text = new Text();
    text.reset(bytes, length);
    if (text.hasWord("proc-type:", 0)
        || text.hasWord("dek-info:", 0)
        || text.hasWord("version:", 0)
        || text.hasWord("comment:", 0)) {
      return true;
    }
    for (int at = 0; at < length; at++) {
      if (!text.isBase64(at) && bytes[at] != '=' && bytes[at] != '\n' && bytes[at] != '\r') {
        return false;
      }
    }
    return true;
  }
}
