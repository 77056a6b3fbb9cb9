package dev.logshipper.testkit;

/// Generates any valid JSON: any nesting, white space, escapes and number formats.
public final class JsonTexts {
  private static final int NESTING_MAX = 4;
  private static final int MEMBERS_MAX = 4;
  private static final int STRING_PIECES_MAX = 8;

  private JsonTexts() {}

  /// Returns a value of any type.
  public static String value(Choices choices) {
    return value(choices, NESTING_MAX);
  }

  /// Returns a text as a JSON string, each character in one of its possible escapes.
  public static String string(String text, Choices choices) {
    StringBuilder json = new StringBuilder("\"");
    text.codePoints()
        .forEach(point -> {
          if (point < 0x20 || point == '"' || point == '\\' || choices.upTo(15) == 1) {
            for (char unit : Character.toChars(point)) {
              json.append("\\u").append(Integer.toHexString(0x10000 | unit).substring(1));
            }
          } else {
            json.appendCodePoint(point);
          }
        });
    return json.append('"').toString();
  }

  /// Returns white space between two tokens, mostly none.
  public static String space(Choices choices) {
    return choices.oneOf("", "", "", "", " ", "\n", "\r\n", "\t ");
  }

  private static String value(Choices choices, int nesting) {
    return switch (choices.upTo(nesting > 0 ? 6 : 3)) {
      case 0 -> choices.oneOf("null", "true", "false");
      case 1 -> number(choices);
      case 2, 3 -> string(choices.text(STRING_PIECES_MAX), choices);
      case 4 -> array(choices, nesting - 1);
      default -> object(choices, nesting - 1);
    };
  }

  private static String number(Choices choices) {
    double number = Double.longBitsToDouble(choices.bits());
    return switch (choices.upTo(3)) {
      case 0 -> Integer.toString(choices.upTo(0xffff));
      case 1 -> Long.toString(choices.bits());
      case 2 ->
          choices.oneOf("0", "-0", "-0.0e-0", "1E+2", "1e400", "-1e-400", "1.7e308", "-1.7e308");
      default -> Double.isFinite(number) ? Double.toString(number) : "0.5";
    };
  }

  private static String array(Choices choices, int nesting) {
    StringBuilder json = new StringBuilder("[");
    String separator = "";
    for (int elements = choices.upTo(MEMBERS_MAX); elements > 0; elements--) {
      json.append(separator).append(space(choices)).append(value(choices, nesting));
      separator = space(choices) + ",";
    }
    return json.append(space(choices)).append(']').toString();
  }

  private static String object(Choices choices, int nesting) {
    StringBuilder json = new StringBuilder("{");
    String separator = "";
    for (int members = choices.upTo(MEMBERS_MAX); members > 0; members--) {
      json.append(separator).append(space(choices)).append(name(choices)).append(space(choices));
      json.append(':').append(space(choices)).append(value(choices, nesting));
      separator = space(choices) + ",";
    }
    return json.append(space(choices)).append('}').toString();
  }

  /// Returns a name, sometimes one that the parser looks up.
  private static String name(Choices choices) {
    String known =
        choices.oneOf(
            "requestId",
            "status",
            "metrics",
            "durationMs",
            "billedDurationMs",
            "initDurationMs",
            "memorySizeMB",
            "maxMemoryUsedMB",
            "droppedRecords",
            "time",
            "type",
            "record");
    return string(choices.flag() ? known : choices.text(3), choices);
  }
}
