package dev.logshipper.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.text.JsonWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Misses and false alarms over some thousand lines, and properties of every line.
class RedactionCorpusTest {
  private static final int PER_KIND = 280;
  private static final int LONG_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Corpus corpus = new Corpus();
  private final Redactor all = new Redactor(EnumSet.allOf(RedactionKind.class), List.of(), null);

  @ParameterizedTest
  @EnumSource
  void missesNoValueOfAKind(RedactionKind kind) {
    Redactor redactor = new Redactor(EnumSet.of(kind), List.of(), null);
    List<String> missed = new ArrayList<>();
    for (Corpus.Positive positive : corpus.positives(PER_KIND)) {
      if (positive.kind() == kind) {
        String redacted = text(redactor, positive.line());
        if (!redacted.equals(positive.line().replace(positive.value(), "[" + kind + "]"))) {
          missed.add(positive.line() + " => " + redacted);
        }
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void takesFewOtherThingsForValues() {
    List<String> lines = corpus.negatives(PER_KIND);
    Map<String, Integer> alarms = new TreeMap<>();
    List<String> examples = new ArrayList<>();
    for (String line : lines) {
      String redacted = text(all, line);
      if (!redacted.equals(line)) {
        alarms.merge(redacted.replaceAll("(?s).*\\[([a-z0-9-]+)].*", "$1"), 1, Integer::sum);
        examples.add(line + " => " + redacted);
      }
    }
    assertThat(lines).hasSizeGreaterThan(5000);
    assertThat(examples.size() * 1000 / lines.size()).as("%s %s", alarms, examples).isZero();
  }

  @Test
  void jsonStaysTheSameExceptForTheValues() throws Exception {
    for (Corpus.Positive positive : corpus.positives(60)) {
      for (String json : inJson(positive.line())) {
        LogRecord record = LogRecord.json("", "function", null, json.getBytes(UTF_8));
        String redacted = requireNonNull(all.apply(record)).text();
        JsonNode before = JSON.readTree(json);
        JsonNode after = JSON.readTree(redacted);
        assertThat(after.size()).isEqualTo(before.size());
        assertThat(redacted).doesNotContain(JsonWriter.string(positive.value()));
        assertThat(after.path("n")).isEqualTo(before.path("n"));
        assertThat(redacted).startsWith("{ \"n\" : 1.50e3,").endsWith(",\"z\": [null ,true]}");
        assertThat(after.toString()).contains("[" + positive.kind() + "]");
      }
    }
  }

  /// In a string, in one with all characters escaped, and in JSON in a string.
  private static List<String> inJson(String line) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) line.charAt(i)));
    }
    String string = JsonWriter.string(line);
    String nested = JsonWriter.string("{\"inner\":" + string + ",\"o\":1}");
    String deep = JsonWriter.string("{\"deep\":" + nested + "}");
    List<String> all = new ArrayList<>();
    for (String value : List.of(string, '"' + escaped.toString() + '"', nested, deep)) {
      all.add("{ \"n\" : 1.50e3,\"v\":" + value + ",\"z\": [null ,true]}");
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "@",
        ".",
        "-----BEGIN",
        "-----BEGIN PRIVATE KEY",
        "a@",
        "a@b.",
        "1.1.",
        ":",
        "a:",
        "1:",
        "::",
        "4111 ",
        "4111-",
        "1-",
        "eyJ",
        "eyJ.",
        "bearer ",
        "basic ",
        "key ",
        "secret key=",
        "AKIA",
        "DE89 ",
        "\\",
        "\\u0040",
        "\\\\n",
        "%40",
        "a%40",
        "%",
        "\"",
        "4111111111111111,",
        "[4111111111111111,",
        "a@b.de "
      })
  void needsLinearTime(String part) {
    String line = part.repeat(LONG_BYTES / part.length());
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(text(all, line)).isNotNull());
  }

  private static String text(Redactor redactor, String line) {
    LogRecord record = LogRecord.text("", "function", null, line.getBytes(UTF_8));
    return requireNonNull(redactor.apply(record)).text();
  }
}
