package dev.logshipper.sink.loki;

import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Divides the fields of records into labels, which are few and of few values, and structured
/// metadata. Each combination of label values is a stream of its own in Loki. Not thread-safe.
final class FieldLabels {
  /// Labels beyond those of the sink; each multiplies the streams.
  static final int NAMES_MAX = 4;

  /// Values of a label in one environment. Further ones become metadata.
  static final int VALUES_MAX = 32;

  private final Map<String, Set<String>> seen = new LinkedHashMap<>();
  private final Diagnostics diagnostics;

  /// @param names of fields that become labels; those that `taken` has as labels are ignored
  FieldLabels(List<String> names, StreamLabels taken, Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    for (String name : names) {
      if (taken.has(nameOf(name)) || taken.pairs().size() + seen.size() == StreamLabels.NAMES_MAX) {
        diagnostics.warn(
            "loki: PUSHER_LOKI_LABEL_FIELDS="
                + name
                + ": expected a name that no other label has, and at most "
                + StreamLabels.NAMES_MAX
                + " labels in all; it is sent as structured metadata");
      } else {
        seen.put(name, new HashSet<>());
      }
    }
  }

  /// The labels of a record, in the order of their names; a field without a value has none.
  List<NameValue> labelsOf(LogRecord record) {
    if (seen.isEmpty()) {
      return List.of();
    }
    List<NameValue> labels = new ArrayList<>(seen.size());
    seen.forEach((name, values) -> {
      String value = valueOf(name, record);
      if (value != null && isAccepted(name, value, values)) {
        labels.add(new NameValue(nameOf(name), value));
      }
    });
    return labels;
  }

  /// The names of the labels that a record may have.
  List<String> names() {
    return seen.keySet().stream().map(FieldLabels::nameOf).toList();
  }

  /// A text that differs for different labels.
  static String key(List<NameValue> labels) {
    StringBuilder key = new StringBuilder();
    for (NameValue label : labels) {
      key.append(' ').append(label.name()).append('=').append(label.value().length());
      key.append(':').append(label.value());
    }
    return key.toString();
  }

  /// The fields of a record that are no labels.
  Map<String, String> metadataOf(LogRecord record, List<NameValue> labels) {
    if (record.fields().isEmpty()) {
      return Map.of();
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    record
        .fields()
        .forEach((name, value) -> {
          NameValue pair = new NameValue(nameOf(name), value);
          boolean own =
              pair.name().equals(PushFormat.REQUEST_ID) || pair.name().equals(PushFormat.TENANT_ID);
          if (!own && !labels.contains(pair)) {
            metadata.put(pair.name(), value);
          }
        });
    return metadata;
  }

  private boolean isAccepted(String name, String value, Set<String> values) {
    if (values.contains(value)) {
      return true;
    }
    if (values.size() < VALUES_MAX) {
      return values.add(value);
    }
    diagnostics.info(
        "loki: the label "
            + name
            + " has "
            + VALUES_MAX
            + " values; further ones are sent as structured metadata");
    return false;
  }

  /// Facts of the record are known without being lifted.
  private static @Nullable String valueOf(String name, LogRecord record) {
    String value = record.fields().get(name);
    if (value == null && name.equals("level")) {
      return record.severity().map(Severity::name).orElse(null);
    }
    return value == null && name.equals("tenantId") ? record.tenantId().orElse(null) : value;
  }

  /// The name as Loki accepts it: `user_id` for `user.id`.
  static String nameOf(String field) {
    StringBuilder name = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (digit && i == 0) {
        name.append('_');
      }
      name.append(digit || letter ? c : '_');
    }
    return name.toString();
  }
}
