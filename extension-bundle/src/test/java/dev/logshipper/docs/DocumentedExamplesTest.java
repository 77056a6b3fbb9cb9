package dev.logshipper.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.LaneConfig.Chain;
import dev.logshipper.pipeline.LaneControl;
import dev.logshipper.pipeline.Recorder;
import dev.logshipper.settings.AvailableSinks;
import dev.logshipper.settings.Configuration;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The examples of the pages about control: each configures the layer without a problem, and has
/// the effect that the page states.
class DocumentedExamplesTest {
  private static final AvailableSinks SINKS = AvailableSinks.load("", "", "");
  private static final String ID = "459921b5-681c-4a96-beb0-81e0aa586026";

  @Test
  void filters() throws IOException {
    DocumentPage page = DocumentPage.of("control.md");
    List<LaneConfig> lanes = lanes(page.examples().get(0));
    List<List<String>> rows = page.table("| a function's line | `loki` | `s3` |");
    for (List<String> row : rows) {
      for (int lane = 0; lane < lanes.size(); lane++) {
        String shipped = passes(lanes.get(lane).control(), text(row.getFirst())) ? "yes" : "no";
        assertThat(shipped).as(row + " " + lane).isEqualTo(row.get(lane + 1));
      }
    }
    assertThat(rows).hasSize(5);
  }

  @Test
  void settingsOfOneSink() throws IOException {
    List<LaneConfig> lanes = lanes(DocumentPage.of("control.md").examples().get(1));
    LaneConfig loki = lanes.getFirst();
    assertThat(passes(loki.control(), text("[INFO] paid"))).isFalse();
    assertThat(passes(loki.control(), text("[ERROR] not paid"))).isTrue();
    LaneConfig s3 = lanes.getLast();
    assertThat(s3.control()).isSameAs(LaneControl.NONE);
    assertThat(s3.batching().triggerBytes()).isEqualTo(5 << 20);
    assertThat(s3.batching().staleness()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void chain() throws IOException {
    assertThat(lanes(DocumentPage.of("control.md").examples().get(2)))
        .extracting(LaneConfig::name, LaneConfig::chain)
        .containsExactly(
            tuple("loki", new Chain(false, "s3")),
            tuple("s3", new Chain(true, null)),
            tuple("http", Chain.ALONE));
  }

  @Test
  void sample() throws IOException {
    LaneControl control = lanes(DocumentPage.of("control.md").examples().get(3)).get(0).control();
    int shipped = 0;
    for (int i = 0; i < 10_000; i++) {
      String id = new UUID(i * 0x9E3779B97F4A7C15L, i).toString();
      shipped += passes(control, record(id, "a line")) ? 1 : 0;
    }
    assertThat(shipped).isBetween(800, 1_200);
  }

  @Test
  void failedInvocations() throws IOException {
    Map<String, String> variables = DocumentPage.of("control.md").examples().get(4);
    Recorder recorder = requireNonNull(lanes(variables).getFirst().control().recorder());
    List<String> shipped = new ArrayList<>();
    for (String line : List.of("[INFO] held", "[WARN] at once", "plain and held")) {
      recorder.accept(text(line), true, record -> shipped.add(record.text()));
    }
    assertThat(shipped).containsExactly("[WARN] at once");
    recorder.accept(text("[ERROR] failed"), true, record -> shipped.add(record.text()));
    assertThat(shipped).contains("[INFO] held", "plain and held", "[ERROR] failed");
  }

  @Test
  void redactedKinds() throws IOException {
    DocumentPage page = DocumentPage.of("redaction.md");
    List<List<String>> rows = page.table("| a function's line | shipped line |");
    assertThat(rows).hasSize(4);
    assertRedacted(page.examples().get(0), rows);
  }

  @Test
  void ownExpressions() throws IOException {
    DocumentPage page = DocumentPage.of("redaction.md");
    List<List<String>> rows = page.table("| a function's line | with this expression |");
    assertThat(rows).hasSize(2);
    assertRedacted(page.examples().get(1), rows);
  }

  private static void assertRedacted(Map<String, String> variables, List<List<String>> rows) {
    LaneControl.Redaction redaction =
        requireNonNull(lanes(variables).getFirst().control().redaction());
    for (List<String> row : rows) {
      LogRecord shipped = requireNonNull(redaction.redact(text(row.getFirst())));
      assertThat(shipped.text()).isEqualTo(row.getLast());
    }
  }

  @Test
  void secrets() throws IOException {
    Map<String, String> variables = DocumentPage.of("secrets.md").examples().getFirst();
    assertThat(lanes(variables)).extracting(LaneConfig::name).containsExactly("http", "loki", "s3");
    assertThat(lanes(variables)).allMatch(lane -> lane.prerequisite() != null);
    assertThat(lanes(variables)).allMatch(lane -> lane.opener() != null);
  }

  @Test
  void spool() throws IOException {
    Configuration configuration = of(DocumentPage.of("spool.md").examples().getFirst());
    assertThat(configuration.spoolBytesMax()).isEqualTo(64 << 20);
    assertThat(of(Map.of()).spoolBytesMax()).isZero();
  }

  @Test
  void health() throws IOException {
    Configuration configuration = of(DocumentPage.of("health.md").examples().getFirst());
    assertThat(configuration.shipsHealth()).isTrue();
    assertThat(configuration.hasHealthMetrics()).isTrue();
    assertThat(configuration.healthInterval()).isEqualTo(Duration.ofMinutes(5));
  }

  /// Their effect is the subject of `LinesDocumentTest`.
  @Test
  void lines() throws IOException {
    for (Map<String, String> variables : DocumentPage.of("lines.md").examples()) {
      assertThat(of(variables).lineStages()).isNotNull();
    }
  }

  private static boolean passes(LaneControl control, LogRecord record) {
    return control.filters().stream().allMatch(filter -> filter.passes(record));
  }

  private static LogRecord text(String line) {
    return record(ID, line);
  }

  private static LogRecord record(String requestId, String line) {
    return LogRecord.text("2026-11-28T01:10:36.123Z", "function", requestId, line.getBytes(UTF_8));
  }

  private static List<LaneConfig> lanes(Map<String, String> variables) {
    return of(variables)
        .lanes(
            () -> new FunctionIdentity("f", "1", "", 0, null, null),
            new PrintingDiagnostics(System.err, Level.WARN));
  }

  /// With the variables that the sinks require.
  private static Configuration of(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001");
    environment.put("ED_ENDPOINT", "http://127.0.0.1:9002/");
    environment.put("LOKI_ENDPOINT_URL", "http://127.0.0.1:9003/");
    environment.put("LOKI_APPLICATION_LABEL", "shop");
    environment.put("LOKI_ENV_LABEL", "prod");
    environment.put("PUSHER_S3_BUCKET", "logs");
    environment.putAll(variables);
    Configuration configuration = new Configuration(environment, SINKS);
    assertThat(configuration.problemLine()).as(variables.toString()).isEmpty();
    return configuration;
  }
}
