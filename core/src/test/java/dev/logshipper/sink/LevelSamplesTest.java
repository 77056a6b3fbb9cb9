package dev.logshipper.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.support.text.JsonReader;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Reads the records that 113 loggers and runtimes printed (`log-samples.tsv`: source, format, the
/// level that the record states, the record as a JSON string).
class LevelSamplesTest {
  private static final double RIGHT_MIN = 0.99;

  /// Its table gives the level of the call, TRACE, which this layout writes as DEBUG.
  private static final String GCP_TRACE = "GcpLayout\tjson\tTRACE";

  @Test
  void readsTheSamplesOfRealLoggers() throws Exception {
    read("log-samples.tsv");
  }

  /// Lines in the documented formats of other loggers and servers, and of programs that state none.
  @Test
  void readsTheFormatsOfOtherLoggers() throws Exception {
    read("more-log-samples.tsv");
  }

  @Test
  void readsDamagedLines() throws Exception {
    Random random = new Random(14);
    for (String sample : samples("log-samples.tsv")) {
      byte[] content = new JsonReader(sample.split("\t", -1)[3].getBytes(UTF_8)).stringBytes();
      for (int length = 0; length <= Math.min(content.length, 80); length++) {
        assertThat(severities(Arrays.copyOf(content, length))).hasSize(2);
      }
      for (int i = 0; i < 20 && content.length > 0; i++) {
        byte[] damaged = content.clone();
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        assertThat(severities(damaged)).hasSize(2);
      }
    }
  }

  private static List<Optional<Severity>> severities(byte[] content) {
    return List.of(
        LogRecord.text("", "function", null, content).severity(),
        LogRecord.json("", "function", null, content).severity());
  }

  @Test
  void ignoresReportsOfThePlatform() {
    byte[] content = "{\"level\":\"error\"}".getBytes(UTF_8);

    assertThat(LogRecord.json("", "platform.report", null, content).severity()).isEmpty();
  }

  @Test
  void readsAnUnwrappedLineAsTheWrappedOne() {
    LogRecord plain = wrapped("INFO", "[WARN] hi");
    LogRecord call = wrapped("ERROR", "[WARN] hi");

    assertThat(plain.severity()).contains(Severity.WARN);
    assertThat(plain.unwrapped().severity()).contains(Severity.WARN);
    assertThat(call.severity()).contains(Severity.ERROR);
    assertThat(call.unwrapped().severity()).contains(Severity.ERROR);
    assertThat(wrapped("INFO", "hi").unwrapped().severity()).isEmpty();
  }

  private static LogRecord wrapped(String level, String line) {
    String object =
        "{\"timestamp\":\"2026-11-28T01:10:36.123Z\",\"level\":\"%s\",\"message\":\"%s\"}"
            .formatted(level, line);
    return LogRecord.json("", "function", null, object.getBytes(UTF_8));
  }

  private static void read(String file) throws Exception {
    List<String> missing = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    int samples = 0;
    for (String sample : samples(file)) {
      String[] columns = sample.split("\t", -1);
      String expected = columns[2];
      byte[] content = new JsonReader(columns[3].getBytes(UTF_8)).stringBytes();
      LogRecord record =
          columns[1].equals("json")
              ? LogRecord.json("", "function", null, content)
              : LogRecord.text("", "function", null, content);
      String found = record.severity().map(Severity::name).orElse("none");
      samples++;
      if (!found.equals(expected) && !sample.contains(GCP_TRACE)) {
        (found.equals("none") ? missing : wrong).add(found + " for " + sample + "\n");
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(samples - missing.size())
        .as("right ones, without %s", missing)
        .isGreaterThanOrEqualTo((int) Math.ceil(samples * RIGHT_MIN));
  }

  private static List<String> samples(String name) throws Exception {
    try (InputStream file = LevelSamplesTest.class.getResourceAsStream(name)) {
      return new String(requireNonNull(file).readAllBytes(), UTF_8).lines().toList();
    }
  }
}
