package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.Severity;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Copies fields of a line to the record: its level, request id and tenant, and scalar members of a
/// line that is a JSON object. Not thread-safe.
final class FieldLifter {
  private static final int VALUE_BYTES_MAX = 256;

  private final List<LiftedField> fields;
  private final Own[] own;
  private final boolean readsMembers;
  private final @Nullable String[] values;
  private final int[] depths;

  /// Facts of a record that are not members of its line.
  private enum Own {
    NONE,
    LEVEL,
    REQUEST_ID,
    TENANT_ID
  }

  FieldLifter(List<LiftedField> fields) {
    this.fields = List.copyOf(fields);
    this.own = new Own[fields.size()];
    this.values = new String[fields.size()];
    this.depths = new int[fields.size()];
    boolean members = false;
    for (int i = 0; i < own.length; i++) {
      own[i] = own(fields.get(i));
      members |= own[i] == Own.NONE || own[i] == Own.TENANT_ID;
    }
    this.readsMembers = members;
  }

  private static Own own(LiftedField field) {
    if (field.isPath("level")) {
      return Own.LEVEL;
    }
    if (field.isPath("requestId")) {
      return Own.REQUEST_ID;
    }
    return field.isPath("tenantId") ? Own.TENANT_ID : Own.NONE;
  }

  LogRecord lift(LogRecord record) {
    Arrays.fill(values, null);
    Arrays.fill(depths, Integer.MAX_VALUE);
    if (readsMembers) {
      readMembers(record);
    }
    Map<String, String> lifted = new LinkedHashMap<>();
    for (int i = 0; i < own.length; i++) {
      String value = value(record, i);
      if (value != null && !value.isEmpty()) {
        lifted.put(fields.get(i).name, value);
      }
    }
    return lifted.isEmpty() ? record : record.withFields(lifted);
  }

  private @Nullable String value(LogRecord record, int field) {
    return switch (own[field]) {
      case NONE -> values[field];
      case LEVEL -> record.severity().map(Severity::name).orElse(null);
      case REQUEST_ID -> record.requestId().orElse(null);
      case TENANT_ID -> record.tenantId().orElse(values[field]);
    };
  }

  /// A line that is no JSON object, even near its end, has no members.
  private void readMembers(LogRecord record) {
    byte[] content = new byte[record.sizeBytes()];
    record.content().get(content);
    JsonReader json = new JsonReader(content);
    if (json.peek() != '{') {
      return;
    }
    try {
      readObject(json, null);
      if (!json.atEnd()) {
        Arrays.fill(values, null);
      }
    } catch (JsonException _) {
      Arrays.fill(values, null);
    }
  }

  /// @param outer name of the member that this object is; null for the line itself
  private void readObject(JsonReader json, byte @Nullable [] outer) throws JsonException {
    json.expect('{');
    if (json.accept('}')) {
      return;
    }
    do {
      byte[] name = json.stringBytes();
      json.expect(':');
      if (outer == null && json.peek() == '{' && isOuter(name)) {
        readObject(json, name);
      } else {
        readValue(json, outer, name);
      }
    } while (json.accept(','));
    json.expect('}');
  }

  private boolean isOuter(byte[] name) {
    for (LiftedField field : fields) {
      if (field.outer != null && Arrays.equals(field.outer, name)) {
        return true;
      }
    }
    return false;
  }

  /// A member of the line takes precedence over one of an object; of the same name, the last
  /// counts, as with most JSON parsers.
  private void readValue(JsonReader json, byte @Nullable [] outer, byte[] name)
      throws JsonException {
    int depth = outer == null ? 0 : 1;
    String value = null;
    boolean read = false;
    for (int i = 0; i < own.length; i++) {
      LiftedField field = fields.get(i);
      boolean wanted =
          outer == null
              ? Arrays.equals(field.member, name)
              : field.outer != null
                  && Arrays.equals(field.outer, outer)
                  && Arrays.equals(field.inner, name);
      if (wanted && depth <= depths[i]) {
        value = read ? value : scalar(json);
        read = true;
        values[i] = value;
        depths[i] = depth;
      }
    }
    if (!read) {
      json.skipValue();
    }
  }

  /// Reads the next value.
  ///
  /// @return null for an object, an array, null, and a text longer than the limit
  private static @Nullable String scalar(JsonReader json) throws JsonException {
    char first = json.peek();
    if (first == '"') {
      byte[] text = json.stringBytes();
      return text.length > VALUE_BYTES_MAX ? null : new String(text, UTF_8);
    }
    byte[] value = json.valueBytes();
    boolean isScalar = first != '{' && first != '[' && first != 'n';
    return isScalar && value.length <= VALUE_BYTES_MAX ? new String(value, UTF_8) : null;
  }
}
