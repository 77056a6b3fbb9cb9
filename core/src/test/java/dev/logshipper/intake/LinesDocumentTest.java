package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The examples of `docs/lines.md`.
class LinesDocumentTest {
  private static final Pattern LEVEL = Pattern.compile("\\| `(.*)` \\| (\\w+) \\|");
  private static final Pattern FIELD = Pattern.compile("`([\\w.]+)` = `(\\w+)`");

  @Test
  void linesHaveTheLevelsOfTheTable() throws IOException {
    List<String> read = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (String row : document().lines().toList()) {
      Matcher matcher = LEVEL.matcher(row);
      if (matcher.matches()) {
        String level = text(matcher.group(1)).severity().map(Severity::name).orElse("none");
        read.add(matcher.group(1) + " " + level);
        expected.add(matcher.group(1) + " " + matcher.group(2));
      }
    }

    assertThat(read).hasSize(10).isEqualTo(expected);
  }

  @Test
  void theTraceIsJoined() throws IOException {
    String trace = block("text");
    List<LogRecord> records = new ArrayList<>();
    LineJoiner joiner = new LineJoiner(records::add);
    trace.lines().forEach(line -> joiner.add(text(line)));
    joiner.flush();

    assertThat(records).extracting(LogRecord::text).containsExactly(trace);
  }

  @Test
  void theLineHasTheFields() throws IOException {
    String variable = block("sh").substring("PUSHER_LIFT=".length());
    LogRecord line = LogRecord.json("", "function", null, block("json").getBytes(UTF_8));
    Map<String, String> fields =
        new FieldLifter(requireNonNull(LiftedField.parse(variable))).lift(line).fields();

    List<String> expected = new ArrayList<>();
    Matcher matcher = FIELD.matcher(document());
    while (matcher.find()) {
      expected.add(matcher.group(1) + "=" + matcher.group(2));
    }
    assertThat(fields.entrySet()).extracting(Object::toString).isEqualTo(expected).hasSize(3);
  }

  private static LogRecord text(String line) {
    return LogRecord.text("", "function", null, line.getBytes(UTF_8));
  }

  /// The first code block of a language.
  private static String block(String language) throws IOException {
    String document = document();
    int from = document.indexOf("```" + language + "\n") + language.length() + 4;
    return document.substring(from, document.indexOf("\n```", from));
  }

  private static String document() throws IOException {
    return Files.readString(Path.of("../docs/lines.md"));
  }
}
