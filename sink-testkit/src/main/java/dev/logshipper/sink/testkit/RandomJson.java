package dev.logshipper.sink.testkit;

import java.util.List;
import java.util.function.Supplier;

/// Random JSON with any nesting, white space, escapes and number formats. Not thread-safe.
final class RandomJson {
  private static final int NESTING_MAX = 4;
  private static final int MEMBERS_MAX = 4;
  private static final int STRING_PIECES_MAX = 8;

  private final RandomInput input;

  RandomJson(RandomInput input) {
    this.input = input;
  }

  /// A value of any type.
  String value() {
    return value(NESTING_MAX);
  }

  /// The record of an event `platform.report`, also with numbers that the platform never sends.
  String report() {
    StringBuilder metrics = new StringBuilder();
    for (String name :
        List.of(
            "durationMs",
            "billedDurationMs",
            "initDurationMs",
            "memorySizeMB",
            "maxMemoryUsedMB")) {
      String value =
          input.oneOf("", "0", "12.5", "128", "-1", "1.7e308", "-1.7e308", "1e400", "4.9e-324");
      if (!value.isEmpty()) {
        metrics.append(metrics.isEmpty() ? "" : ",").append('"').append(name).append("\":");
        metrics.append(value);
      }
    }
    String status = string(input.text(3));
    return "{\"requestId\":\"id-1\",\"status\":" + status + ",\"metrics\":{" + metrics + "}}";
  }

  private String value(int nesting) {
    return switch (input.upTo(nesting > 0 ? 6 : 3)) {
      case 0 -> input.oneOf("null", "true", "false");
      case 1 -> number();
      case 2, 3 -> string(input.text(STRING_PIECES_MAX));
      case 4 -> "[" + list(() -> value(nesting - 1)) + "]";
      default -> "{" + list(() -> name() + space() + ":" + space() + value(nesting - 1)) + "}";
    };
  }

  private String list(Supplier<String> element) {
    StringBuilder list = new StringBuilder();
    String separator = "";
    for (int elements = input.upTo(MEMBERS_MAX); elements > 0; elements--) {
      list.append(separator).append(space()).append(element.get());
      separator = space() + ",";
    }
    return list.append(space()).toString();
  }

  private String number() {
    double number = Double.longBitsToDouble(input.bits());
    return switch (input.upTo(3)) {
      case 0 -> Integer.toString(input.upTo(0xffff));
      case 1 -> Long.toString(input.bits());
      case 2 ->
          input.oneOf("0", "-0", "-0.0e-0", "1E+2", "1e400", "-1e-400", "1.7e308", "-1.7e308");
      default -> Double.isFinite(number) ? Double.toString(number) : "0.5";
    };
  }

  private String name() {
    String known =
        input.oneOf("requestId", "status", "metrics", "durationMs", "time", "type", "record");
    return string(input.flag() ? known : input.text(3));
  }

  /// A text as a JSON string, each character in one of its possible escapes.
  private String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.codePoints()
        .forEach(point -> {
          if (point < 0x20 || point == '"' || point == '\\' || input.upTo(15) == 1) {
            for (char unit : Character.toChars(point)) {
              json.append("\\u").append(Integer.toHexString(0x10000 | unit).substring(1));
            }
          } else {
            json.appendCodePoint(point);
          }
        });
    return json.append('"').toString();
  }

  private String space() {
    return input.oneOf("", "", "", "", " ", "\n", "\r\n", "\t ");
  }
}
