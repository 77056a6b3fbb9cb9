package dev.logshipper.sandbox.destination.loki;

import java.util.Map;
import java.util.TreeMap;

/// Turns names of structured metadata into valid PromQL names (Prometheus'
/// `otlptranslator.LabelNamer`).
final class MetadataNames {
  private MetadataNames() {}

  /// @throws LokiError when a name cannot be made valid: that fails the whole push
  static LokiEntry valid(LokiEntry entry) throws LokiError {
    TreeMap<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, String> pair : entry.metadata().entrySet()) {
      metadata.put(valid(pair.getKey()), pair.getValue());
    }
    return new LokiEntry(entry.nanos(), entry.line(), metadata);
  }

  private static String valid(String name) throws LokiError {
    StringBuilder valid = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < 128 && Character.isLetterOrDigit(c)) {
        valid.append(c);
      } else if (valid.isEmpty() || valid.charAt(valid.length() - 1) != '_') {
        valid.append('_');
      }
    }
    if (valid.isEmpty()) {
      throw new LokiError(500, "label name is empty");
    }
    if (valid.toString().equals("_")) {
      throw new LokiError(
          500,
          "normalization for label name \"%s\" resulted in invalid name \"_\"".formatted(name));
    }
    return (Character.isDigit(valid.charAt(0)) ? "key_" : "") + valid;
  }
}
