package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.HttpDestination;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Invalid, missing and contradictory variables.
@Chapter("Settings and other extensions")
class BadSettingsIT {
  private static final int INVOCATIONS = 2;

  /// A required variable of each mode.
  private static final Map<String, String> REQUIRED =
      Map.of(
          "http", "ED_ENDPOINT",
          "loki", "LOKI_ENDPOINT_URL",
          "kinesis", "KINESIS_ENDPOINT",
          "s3", "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET");

  @Tag("arm64")
  @Sinks
  @Fault(
      value = "a required variable is missing",
      user = "one line with its name, ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 250)
  void requiredVariableIsMissing(BundledSink sink, FaultRuns runs) throws Exception {
    String variable = required(sink);
    FaultRun run = runs.of(sink).environment(variable, "").start();

    assertDropsAll(run, variable + " is not set: expected ");
  }

  @Tag("arm64")
  @Sinks
  @Fault(
      value = "a required variable is invalid",
      user = "one line with its name and the expected value, ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 250)
  void requiredVariableIsInvalid(BundledSink sink, FaultRuns runs) throws Exception {
    String variable = required(sink);
    FaultRun run = runs.of(sink).environment(variable, "two words").start();

    assertDropsAll(run, variable + "=", "expected ");
  }

  @Tag("arm64")
  @Sinks
  @Fault(
      value = "optional variables are invalid or misspelled",
      user = "one line with all names and the values used instead",
      heldMillisMax = 2_250)
  void optionalVariablesAreInvalid(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run =
        runs.of(sink)
            .environment("PUSHER_BUFFER_MB", "lots")
            .environment("PUSHER_FLUSH", "sometimes")
            .environment("PUSHER_OVERFLOWS", "drop-newest")
            .start();
    run.invoke(INVOCATIONS);
    run.end();

    assertThat(run.output())
        .singleElement()
        .asString()
        .contains("3 configuration problems")
        .contains("PUSHER_BUFFER_MB=lots: expected ", "20 is used")
        .contains("PUSHER_FLUSH=sometimes: expected ", "auto is used")
        .contains("PUSHER_OVERFLOWS is not a known variable", "PUSHER_OVERFLOW?");
  }

  @Sinks
  @Fault(
      value = "contradictory or incomplete credentials",
      user = "one line that names the variables, ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 250)
  void credentialsAreContradictory(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRunBuilder builder = runs.of(sink);
    String words =
        switch (sink.mode()) {
          case "http" -> {
            String url = builder.destination().url().replace("//", "//me:secret@");
            builder
                .environment("ED_ENDPOINT", url)
                .environment("PUSHER_HTTP_BEARER_TOKEN", "secret");
            yield "expected one of PUSHER_HTTP_BEARER_TOKEN";
          }
          case "loki" -> {
            builder.environment("LOKI_USERNAME", "me");
            yield "LOKI_USERNAME is set and LOKI_PASSWORD is not";
          }
          default -> {
            builder.environment("AWS_SECRET_ACCESS_KEY", "");
            yield "no credentials: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
          }
        };

    assertDropsAll(builder.start(), words);
  }

  @Test
  @Fault(
      value = "`PUSHER_MODE` names a sink that does not exist",
      user = "one line with the available sinks, ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 250)
  void modeNamesAnUnknownSink(FaultRuns runs) throws Exception {
    BundledSink none =
        new BundledSink(
            "carrier-pigeon",
            "none",
            HttpDestination::start,
            HttpDestination::startTls,
            Map.of("ED_ENDPOINT", "{url}/logs"));

    assertDropsAll(
        runs.of(none).start(),
        "PUSHER_MODE=carrier-pigeon: expected one of http, loki, kinesis, s3; records for it");
  }

  private static String required(BundledSink sink) {
    return Objects.requireNonNull(REQUIRED.get(sink.mode()));
  }

  /// Nothing is sent, every record is counted, and one line gives the reason.
  private static void assertDropsAll(FaultRun run, String... words) throws Exception {
    run.invoke(INVOCATIONS);
    run.end();

    assertThat(run.output())
        .singleElement()
        .asString()
        .startsWith("log-shipper: ")
        .contains(words)
        .contains("are dropped");
    Deliveries deliveries = run.deliveries();
    assertThat(deliveries.number("received")).isGreaterThanOrEqualTo(deliveries.written());
    assertThat(deliveries.number("dropped_sink_off")).isEqualTo(deliveries.number("received"));
    assertThat(run.destination().requests()).isEmpty();
  }
}
