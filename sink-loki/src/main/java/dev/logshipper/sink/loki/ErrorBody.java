package dev.logshipper.sink.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.support.SizeWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The body of an error response. It may quote lines and labels, so it is only searched, never
/// shown. Immutable.
///
/// Source of the texts: Loki's `pkg/validation/validate.go`, `pkg/util/errors.go` and
/// `pkg/ingester/stream.go`.
final class ErrorBody {
  /// Enough for the sentence with the numbers, which comes last.
  static final int BYTES_MAX = 16 * 1024;

  private static final String GROUP = " errors like: ";

  private static final Pattern GROUP_SIZE = Pattern.compile("(\\d{1,9})" + GROUP);

  /// Up to the next such report.
  private static final Pattern IGNORED =
      Pattern.compile(
          "total ignored: (\\d{1,9}) out of (\\d{1,9})( for stream: .*?)(?=total ignored: |\\z)",
          Pattern.DOTALL);

  /// Once, or once for each bucket of the tenant's policies.
  private static final Pattern LIMIT_OF_A_SECOND =
      Pattern.compile(
          "\\(limit: (\\d{1,12}) bytes[^;]{0,160}? totaling '?(\\d{1,12})\\b", Pattern.DOTALL);

  private static final Pattern SIZES =
      Pattern.compile("\\((\\d{1,12}) (?:vs\\.?|>) (\\d{1,12})\\)");

  private static final Pattern LINE_LIMIT =
      Pattern.compile("max entry size '?(\\d{1,9})'? bytes exceeded");

  private static final List<Cause> CAUSES =
      List.of(
          new Cause("timestamp too old", true, "lines are older than it accepts"),
          new Cause("too far behind", false, "lines are too far behind the newest of their stream"),
          new Cause("out of order", false, "lines are older than the newest of their stream"),
          new Cause("timestamp too new", true, "lines are ahead of its clock"),
          new Cause("max entry size", true, "lines are longer than it accepts"),
          new Cause(" label name", false, "its limits do not allow these labels"),
          new Cause("label value too long", false, "its limits do not allow these labels"),
          new Cause(
              "missing required label", false, "it requires more labels, set LOKI_EXTRA_LABELS"),
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

  /// Whether a push is too large for a server or for a message between Loki's own parts, which some
  /// versions report with a status that suggests a retry, or an invalid line.
  boolean isMessageTooLarge() {
    return !mentionsStructuredMetadata()
        && (text.contains("larger than max")
            || text.contains("body size")
            || text.contains("message size")
            || (!isLokis() && SizeWording.isIn(text)));
  }

  /// Whether a push holds more than a tenant's limit for one second, so that it may never pass as a
  /// whole.
  boolean exceedsLimitOfASecond() {
    return shareWithinLimitOfASecond() < 1;
  }

  /// The share of a push that the server would accept, by the numbers of its text; 1 without any.
  double acceptedShare() {
    double share = shareWithinLimitOfASecond();
    Matcher sizes = SIZES.matcher(text);
    if (sizes.find()) {
      double one = Double.parseDouble(sizes.group(1));
      double other = Double.parseDouble(sizes.group(2));
      share = Math.min(share, Math.min(one, other) / Math.max(1, Math.max(one, other)));
    }
    return share;
  }

  private double shareWithinLimitOfASecond() {
    double share = 1;
    Matcher bucket = LIMIT_OF_A_SECOND.matcher(text);
    while (bucket.find()) {
      double limit = Double.parseDouble(bucket.group(1));
      share = Math.min(share, limit / Math.max(1, Double.parseDouble(bucket.group(2))));
    }
    return share;
  }

  /// Whether Loki itself is not ready, which it reports with a status of its own failures.
  boolean isUnavailable() {
    return text.contains("empty ring")
        || text.contains("live replicas required")
        || text.contains("unhealthy instances")
        || text.contains("code = unavailable");
  }

  /// The length of a line that the server accepts; 0 when the text does not give it.
  int lineBytesMax() {
    Matcher limit = LINE_LIMIT.matcher(text);
    return limit.find() ? number(limit, 1) : 0;
  }

  /// Whether it is one of Loki's errors about lines or labels. With those Loki has stored the valid
  /// lines; any other may be of a gateway that forwarded nothing.
  boolean isLokis() {
    return !firstCause().equals(UNKNOWN);
  }

  /// The cause in words of this sink.
  String cause() {
    return firstCause().words;
  }

  /// The plausible reports of ignored lines, of one stream each.
  List<Ignored> ignored() {
    List<Ignored> reports = new ArrayList<>();
    Matcher report = IGNORED.matcher(text);
    while (report.find()) {
      int lines = number(report, 1);
      int all = number(report, 2);
      if (lines > 0 && all >= lines) {
        reports.add(new Ignored(lines, all, report.group(3)));
      }
    }
    return reports;
  }

  /// The number of lines with an error of their own; 0 when the text does not give it, or ends
  /// before it is complete.
  int invalidLines() {
    if (isCut || !firstCause().perLine || text.contains("total ignored: ") || mentionsLabels()) {
      return 0;
    }
    if (!text.contains(GROUP)) {
      return 1;
    }
    int lines = 0;
    Matcher group = GROUP_SIZE.matcher(text);
    while (group.find()) {
      lines += number(group, 1);
    }
    return lines;
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

  private static int number(Matcher match, int group) {
    return Integer.parseInt(match.group(group));
  }
}
