package dev.logshipper.sandbox.destination.loki;

import java.util.Map;

/// Writes labels as Loki prints them: `{name="value", name="value"}`.
final class LabelText {
  private LabelText() {}

  static String of(Map<String, String> labels) {
    StringBuilder text = new StringBuilder("{");
    for (Map.Entry<String, String> label : labels.entrySet()) {
      text.append(text.length() > 1 ? ", " : "").append(label.getKey()).append("=\"");
      appendEscaped(label.getValue(), text);
      text.append('"');
    }
    return text.append('}').toString();
  }

  private static void appendEscaped(String value, StringBuilder text) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ') {
            text.append("\\x%02x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
  }
}
