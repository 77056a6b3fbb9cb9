package dev.logshipper.sink.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The body of an error response. It may quote lines and labels, so it is only searched, never
/// shown. Immutable.
///
/// Source of the texts: Loki's `pkg/validation/validate.go`, `pkg/util/errors.go` and
/// `pkg/ingester/stream.go`.
final class ErrorBody {
  /// Enough for the sentence with the numbers, which comes last.
  static final int BYTES_MAX = 16 * 1024;

  private static final String IGNORED = "total ignored: ";
  private static final String GROUP = " errors like: ";

  private static final List<Cause> CAUSES =
      List.of(
          new Cause("timestamp too old", true, "lines are older than it accepts"),
          new Cause("too far behind", false, "lines are too far behind the newest of their stream"),
          new Cause("out of order", false, "lines are older than the newest of their stream"),
          new Cause("timestamp too new", true, "lines are ahead of its clock"),
          new Cause("max entry size", true, "lines are longer than it accepts"),
          new Cause(" label name", false, "its limits do not allow these labels"),
          new Cause("label value too long", false, "its limits do not allow these labels"),
          new Cause("parse labels", false, "it cannot parse the labels"),
          new Cause("parsing labels", false, "it cannot parse the labels"));

  private static final Cause UNKNOWN = new Cause("", false, "it found lines invalid");

  private final String text;
  private final boolean isCut;

  ErrorBody(String text) {
    this.text = text.toLowerCase(Locale.ROOT);
    // The last character may be incomplete.
    this.isCut = text.getBytes(UTF_8).length > BYTES_MAX - 4;
  }

  /// @param sign by which the text is recognized
  /// @param perLine whether there is one error for each line
  private record Cause(String sign, boolean perLine, String words) {}

  /// Lines of one stream that the ingester ignored.
  ///
  /// @param lines how many
  /// @param all lines of the stream that reached the ingester
  /// @param stream the labels, followed by the rest of the text
  record Ignored(int lines, int all, String stream) {}

  /// Whether structured metadata is not allowed, or too large.
  boolean mentionsStructuredMetadata() {
    return text.contains("structured metadata");
  }

  /// Whether a message between Loki's own parts was too large, which it reports with a status that
  /// suggests a retry.
  boolean isMessageTooLarge() {
    return text.contains("larger than max");
  }

  /// Whether a push holds more than a tenant's limit for one second, so that it may never pass as a
  /// whole.
  boolean exceedsLimitOfASecond() {
    long limit = numberAfter("limit exceeded for user ", " (limit: ");
    return limit > 0 && numberAfter("while attempting to ingest ", " totaling '") > limit;
  }

  /// The cause in words of this sink.
  String cause() {
    return firstCause().words;
  }

  /// The reports of ignored lines, of one stream each, as far as they make sense.
  List<Ignored> ignored() {
    List<Ignored> reports = new ArrayList<>();
    int at = text.indexOf(IGNORED);
    while (at >= 0) {
      int next = text.indexOf(IGNORED, at + IGNORED.length());
      String report = next < 0 ? text.substring(at) : text.substring(at, next);
      int outOf = report.indexOf(" out of ");
      int stream = report.indexOf(" for stream: ");
      int lines = number(report, IGNORED.length());
      int all = outOf < 0 ? 0 : number(report, outOf + " out of ".length());
      if (lines > 0 && all >= lines && stream > 0) {
        reports.add(new Ignored(lines, all, report.substring(stream)));
      }
      at = next;
    }
    return reports;
  }

  /// The number of lines with an error of their own; 0 when the text does not give it, or ends
  /// before it is complete.
  int invalidLines() {
    if (isCut || !firstCause().perLine || text.contains(IGNORED) || mentionsLabels()) {
      return 0;
    }
    int lines = 0;
    int at = text.indexOf(GROUP);
    while (at >= 0) {
      lines += number(text, startOfNumber(at));
      at = text.indexOf(GROUP, at + GROUP.length());
    }
    return text.contains(GROUP) ? lines : 1;
  }

  private boolean mentionsLabels() {
    return text.contains(" label name") || text.contains("label value too long");
  }

  private Cause firstCause() {
    for (Cause cause : CAUSES) {
      if (text.contains(cause.sign)) {
        return cause;
      }
    }
    return UNKNOWN;
  }

  private int startOfNumber(int end) {
    int start = end;
    while (start > 0 && Character.isDigit(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /// The digits after a mark that follows another one, or 0.
  private long numberAfter(String first, String second) {
    int at = text.indexOf(first);
    int mark = at < 0 ? at : text.indexOf(second, at);
    return mark < 0 ? 0 : number(text, mark + second.length());
  }

  /// The digits from an index on, up to nine.
  private static int number(String text, int from) {
    int number = 0;
    for (int i = from; i < text.length() && i < from + 9; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
