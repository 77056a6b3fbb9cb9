package dev.logshipper.sink.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Parser;
import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.config.Settings;
import dev.logshipper.config.UnusableTextException;
import dev.logshipper.sink.support.text.JsonWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The labels of one stream. Loki stores lines with the same labels together, so labels name the
/// function and the category of the record, and nothing that changes with each invocation.
/// Immutable.
///
/// Limits: Loki's defaults, `validation/limits.go`. A push with labels beyond them is rejected, in
/// some cases with its valid streams.
///
/// @param pairs all labels
/// @param fields those of them that are fields of lines
/// @param absent names of labels that other streams of the sink have
record StreamLabels(List<NameValue> pairs, List<NameValue> fields, List<String> absent) {
  private static final String APPLICATION = "application";
  private static final String ENVIRONMENT = "environment";
  private static final String CATEGORY = "lambda";
  static final int NAMES_MAX = 15;
  private static final int EXTRA_MAX = NAMES_MAX - 3;
  private static final int NAME_CHARS_MAX = 1024;
  private static final int VALUE_BYTES_MAX = 2048;

  StreamLabels {
    pairs = List.copyOf(pairs);
    fields = List.copyOf(fields);
    absent = List.copyOf(absent);
  }

  /// The labels of records of a [dev.logshipper.sink.LogRecord#category].
  static StreamLabels of(Settings settings, String category) {
    List<NameValue> pairs = new ArrayList<>();
    pairs.add(new NameValue(APPLICATION, settings.get(LokiSettings.APPLICATION)));
    pairs.add(new NameValue(ENVIRONMENT, settings.get(LokiSettings.ENVIRONMENT)));
    pairs.add(new NameValue(CATEGORY, category));
    pairs.addAll(settings.find(LokiSettings.EXTRA_LABELS).orElse(List.of()));
    return new StreamLabels(pairs, List.of(), List.of());
  }

  /// These labels, with those of fields.
  ///
  /// @param names of all labels that fields may have
  StreamLabels with(List<NameValue> labels, List<String> names) {
    List<NameValue> all = new ArrayList<>(pairs);
    all.addAll(labels);
    List<String> missing = new ArrayList<>(names);
    for (NameValue label : labels) {
      missing.remove(label.name());
    }
    return new StreamLabels(all, labels, missing);
  }

  /// Whether there is a label of this name.
  boolean has(String name) {
    return pairs.stream().anyMatch(pair -> pair.name().equals(name));
  }

  /// In the syntax of a protobuf push: `{a="b", c="d"}`, with the escapes of Go.
  String text() {
    StringBuilder text = new StringBuilder("{");
    for (NameValue pair : pairs) {
      text.append(text.length() == 1 ? "" : ", ").append(pair.name()).append("=\"");
      escape(pair.value(), text);
      text.append('"');
    }
    return text.append('}').toString();
  }

  /// As a JSON object.
  String json() {
    StringBuilder json = new StringBuilder("{");
    for (NameValue pair : pairs) {
      json.append(json.length() == 1 ? "" : ",")
          .append(JsonWriter.string(pair.name()))
          .append(':')
          .append(JsonWriter.string(pair.value()));
    }
    return json.append('}').toString();
  }

  /// Accepts valid label values.
  static Parser<String> valueParser() {
    return Parser.of("up to " + VALUE_BYTES_MAX + " bytes of text", StreamLabels::valueOf);
  }

  /// Accepts `name,value,name,value`.
  static Parser<List<NameValue>> pairsParser() {
    return Parser.of("name,value,name,value", StreamLabels::pairsOf);
  }

  /// Whether a text quotes these labels. Those of one sink differ only in the category and in
  /// labels of fields.
  boolean areQuotedIn(String lowerCaseText) {
    return pairs.stream()
            .filter(pair -> pair.name().equals(CATEGORY) || fields.contains(pair))
            .allMatch(pair -> lowerCaseText.contains(quoted(pair).toLowerCase(Locale.ROOT)))
        && absent.stream()
            .noneMatch(name -> lowerCaseText.contains(name.toLowerCase(Locale.ROOT) + "=\""));
  }

  private static String quoted(NameValue pair) {
    StringBuilder text = new StringBuilder(pair.name()).append("=\"");
    escape(pair.value(), text);
    return text.append('"').toString();
  }

  /// Accepts names of fields that become labels.
  static Parser<List<String>> fieldsParser() {
    return Parser.<List<String>>of(
            "at most "
                + FieldLabels.NAMES_MAX
                + " names of fields, each once, other than application, environment and lambda",
            StreamLabels::fieldsOf)
        .writtenAs(names -> String.join(",", names));
  }

  private static @Nullable List<String> fieldsOf(String text) {
    Set<String> used = new HashSet<>(Set.of(APPLICATION, ENVIRONMENT, CATEGORY));
    List<String> names = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String name = part.strip();
      String label = FieldLabels.nameOf(name);
      if (!isName(label) || !used.add(label) || names.size() == FieldLabels.NAMES_MAX) {
        return null;
      }
      names.add(name);
    }
    return List.copyOf(names);
  }

  private static @Nullable String valueOf(String text) {
    String value = text.strip();
    return value.isEmpty() || value.getBytes(UTF_8).length > VALUE_BYTES_MAX ? null : value;
  }

  private static List<NameValue> pairsOf(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length > EXTRA_MAX * 2) {
      throw new UnusableTextException("more than " + EXTRA_MAX + " labels");
    }
    Set<String> used = new HashSet<>(Set.of(APPLICATION, ENVIRONMENT, CATEGORY));
    List<NameValue> pairs = new ArrayList<>();
    for (int i = 0; i < parts.length; i += 2) {
      String name = parts[i].strip();
      String value = i + 1 < parts.length ? valueOf(parts[i + 1]) : null;
      if (value == null || !isName(name) || !used.add(name)) {
        throw new UnusableTextException("label " + (i / 2 + 1) + labelFault(name, value));
      }
      pairs.add(new NameValue(name, value));
    }
    return List.copyOf(pairs);
  }

  private static String labelFault(String name, @Nullable String value) {
    if (name.indexOf('=') >= 0) {
      return " has a = instead of a comma";
    }
    if (!isName(name)) {
      return ": a name has letters, digits, _ and :, and begins with neither a digit nor __";
    }
    return value == null
        ? ": a value has 1 to " + VALUE_BYTES_MAX + " bytes"
        : ": the sink or a label before it has this name";
  }

  /// Names that begin with two underscores are reserved for Loki.
  private static boolean isName(String name) {
    if (name.isEmpty() || name.length() > NAME_CHARS_MAX || name.startsWith("__")) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isAllowed = i == 0 ? Character.isLetter(c) : Character.isLetterOrDigit(c);
      if (c >= 0x80 || (!isAllowed && c != '_' && c != ':')) {
        return false;
      }
    }
    return true;
  }

  private static void escape(String value, StringBuilder text) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < 0x20 || c == 0x7f) {
        text.append("\\u00").append(Character.forDigit(c >> 4, 16));
        text.append(Character.forDigit(c & 0xf, 16));
      } else {
        text.append(c);
      }
    }
  }
}
