package dev.logshipper.sink.loki;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How Loki explains that it refuses a push. Its text may quote lines and labels and is only looked
/// through, never shown. Immutable.
///
/// Source of the texts: Loki's `pkg/validation/validate.go` and `pkg/ingester/stream.go`.
final class Refusal {
  private static final String IGNORED = "total ignored: ";

  private static final List<Cause> CAUSES =
      List.of(
          new Cause("timestamp too old", "lines are older than it takes"),
          new Cause("too far behind", "lines are too far behind the newest of their stream"),
          new Cause("out of order", "lines are older than the newest of their stream"),
          new Cause("timestamp too new", "lines are ahead of its clock"),
          new Cause("max entry size", "lines are longer than it takes"),
          new Cause(" label name", "its limits do not allow these labels"),
          new Cause("label value too long", "its limits do not allow these labels"),
          new Cause("parse labels", "it cannot read the labels"),
          new Cause("parsing labels", "it cannot read the labels"));

  private final String text;

  Refusal(String text) {
    this.text = text.toLowerCase(Locale.ROOT);
  }

  private record Cause(String sign, String words) {}

  /// How many lines were ignored, as far as it says.
  record Ignored(long lines, long all) {}

  /// Whether it does not take structured metadata, or not so much.
  boolean namesStructuredMetadata() {
    return text.contains("structured metadata");
  }

  /// Whether a message between its own parts was too large, which it says under a status that asks
  /// for a repetition.
  boolean namesSize() {
    return text.contains("larger than max");
  }

  /// Whether a push holds more than a tenant may send in a second, which may never pass as a whole.
  boolean namesMoreThanASecond() {
    long limit = numberAfter("limit exceeded for user ", " (limit: ");
    return limit > 0 && numberAfter("while attempting to ingest ", " totaling '") > limit;
  }

  /// Why, in our words.
  String cause() {
    for (Cause cause : CAUSES) {
      if (text.contains(cause.sign)) {
        return cause.words;
      }
    }
    return "it finds lines invalid";
  }

  /// The sum over all streams that it names.
  Optional<Ignored> ignored() {
    long lines = 0;
    long all = 0;
    int at = text.indexOf(IGNORED);
    while (at >= 0) {
      int first = at + IGNORED.length();
      int second = text.indexOf(" out of ", first);
      lines += number(first);
      all += second < 0 ? 0 : number(second + " out of ".length());
      at = text.indexOf(IGNORED, first);
    }
    return lines > 0 && all >= lines ? Optional.of(new Ignored(lines, all)) : Optional.empty();
  }

  /// The digits behind a mark that stands behind another one, or 0.
  private long numberAfter(String first, String second) {
    int at = text.indexOf(first);
    int mark = at < 0 ? at : text.indexOf(second, at);
    return mark < 0 ? 0 : number(mark + second.length());
  }

  /// The digits at a place, as far as they can count lines of a push.
  private long number(int from) {
    long number = 0;
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
