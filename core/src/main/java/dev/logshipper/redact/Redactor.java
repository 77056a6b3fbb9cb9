package dev.logshipper.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.select.RecordPattern;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.Severity;
import dev.logshipper.sink.support.text.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Replaces values of some kinds, and occurrences of a user's own patterns, by their kind:
/// `[card]`.
///
/// JSON stays JSON, byte by byte except for the values. Names of members are searched, too, because
/// maps have addresses for keys. In the platform's reports only values that the function chose are
/// replaced. The time is linear in the record's length.
///
/// It fails closed: a record that cannot be searched is withheld. Not thread-safe; each lane has
/// its own, and gives it the records in order.
public final class Redactor {
  private static final int RECORD_BYTES_MAX = 4 << 20;
  private static final int KEPT_BUFFER_BYTES_MAX = 256 << 10;
  private static final String PLATFORM_PREFIX = "platform.";

  private final ValueFinder finder;
  private final List<RecordPattern> patterns;
  private final @Nullable UnfinishedKey unfinishedKey;
  private Labels labels;
  private final Text text = new Text();
  private final Matches matches = new Matches();
  private byte[] content = new byte[4096];
  private byte[] unescaped = new byte[0];

  /// @param patterns the user's own; all occurrences are replaced
  /// @param key for a keyed hash in each label; null for labels without
  public Redactor(Set<RedactionKind> kinds, List<RecordPattern> patterns, @Nullable String key) {
    this.finder = new ValueFinder(kinds);
    this.patterns = List.copyOf(patterns);
    this.labels = new Labels(key);
    this.unfinishedKey = kinds.contains(RedactionKind.PRIVATE_KEY) ? new UnfinishedKey() : null;
  }

  /// Uses another key from here on.
  public void rekey(String key) {
    labels = new Labels(key);
  }

  /// The record without the values: the same object if it has none.
  ///
  /// @return null when it must be withheld, because it is too long or broken
  public @Nullable LogRecord apply(LogRecord record) {
    try {
      return record.sizeBytes() > RECORD_BYTES_MAX ? null : redacted(record);
    } catch (RuntimeException | StackOverflowError _) {
      return null;
    } finally {
      matches.clear();
      forgetLargeBuffers();
    }
  }

  private LogRecord redacted(LogRecord record) {
    int length = record.sizeBytes();
    content = atLeast(content, length);
    record.content().get(content, 0, length);
    LogRecord replaced = record;
    if (unfinishedKey != null && unfinishedKey.continuesIn(record, content, length)) {
      replaced = record.withText(labels.label(unfinishedKey.rest()));
    } else {
      byte[] other = replace(length, record.isJson(), record.type().startsWith(PLATFORM_PREFIX));
      if (unfinishedKey != null) {
        unfinishedKey.observe(record, matches);
      }
      replaced = other == null ? record : withContent(record, other);
    }
    return withTenant(withFields(record, replaced));
  }

  private static LogRecord withContent(LogRecord record, byte[] utf8) {
    return record.isJson() ? record.withJson(utf8) : record.withText(utf8);
  }

  private LogRecord withTenant(LogRecord record) {
    String tenant = record.tenantId().orElse("");
    return tenant.isEmpty() ? record : record.withTenantId(redactedText(tenant));
  }

  /// Fields are copies of members of the line: where the line was changed, one that is no longer in
  /// it was hidden by its surroundings.
  private LogRecord withFields(LogRecord record, LogRecord replaced) {
    if (record.fields().isEmpty()) {
      return replaced;
    }
    String line = replaced == record ? null : replaced.text();
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, String> field : record.fields().entrySet()) {
      String value = redactedText(field.getValue());
      if (line == null || line.contains(inJson(value)) || isFact(record, field.getValue())) {
        fields.put(field.getKey(), value);
      }
    }
    return replaced.withFields(fields);
  }

  private static String inJson(String value) {
    String quoted = JsonWriter.string(value);
    return quoted.substring(1, quoted.length() - 1);
  }

  /// Whether a value is known without the line.
  private static boolean isFact(LogRecord record, String value) {
    return value.equals(record.requestId().orElse(null))
        || value.equals(record.tenantId().orElse(null))
        || value.equals(record.severity().map(Severity::name).orElse(null));
  }

  /// A text that accompanies a record.
  private String redactedText(String value) {
    byte[] utf8 = value.getBytes(UTF_8);
    content = atLeast(content, utf8.length);
    System.arraycopy(utf8, 0, content, 0, utf8.length);
    byte[] other = replace(utf8.length, false, false);
    return other == null ? value : new String(other, UTF_8);
  }

  /// Returns null when there is nothing to replace in the first bytes of the content.
  private byte @Nullable [] replace(int length, boolean isJson, boolean isPlatform) {
    find(length);
    if (matches.isEmpty()) {
      return null;
    }
    if (isJson && !JsonRewriter.isJson(content, length)) {
      throw new IllegalArgumentException("broken JSON");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 64);
    if (isJson || JsonRewriter.isObjectOrArray(content, length)) {
      new JsonRewriter(content, length, matches, labels, isPlatform, out).write();
    } else {
      new TextRewriter(content, matches, labels, out).write(0, length, 0);
    }
    return out.toByteArray();
  }

  private void find(int length) {
    matches.clear();
    text.reset(content, length);
    boolean hasEscapes = !finder.find(text, matches, true);
    if (hasEscapes) {
      matches.clear();
      unescaped = atLeast(unescaped, length);
      text.reset(unescaped, new Escapes(content, length).unescapeTo(unescaped));
      finder.find(text, matches, false);
    }
    for (RecordPattern pattern : patterns) {
      findOwn(pattern);
    }
    if (hasEscapes) {
      new Escapes(content, length).toInput(matches);
    }
  }

  private void findOwn(RecordPattern pattern) {
    byte[] searched = Arrays.copyOf(text.bytes(), text.length());
    pattern.findAll(
        searched,
        (start, end) -> matches.add(new Matches.Match(start, end, null, text.part(start, end))));
  }

  private static byte[] atLeast(byte[] buffer, int length) {
    return buffer.length >= length ? buffer : new byte[Math.max(length, 2 * buffer.length)];
  }

  private void forgetLargeBuffers() {
    if (content.length > KEPT_BUFFER_BYTES_MAX) {
      content = new byte[4096];
      unescaped = new byte[0];
      text.reset(content, 0);
    }
  }
}
