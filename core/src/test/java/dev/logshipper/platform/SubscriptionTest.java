package dev.logshipper.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.platform.Subscription.Api;
import dev.logshipper.sink.Level;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakePlatform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class SubscriptionTest {
  private final FakePlatform platform = new FakePlatform();
  private CapturedOutput said = new CapturedOutput();

  SubscriptionTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    platform.close();
  }

  @Test
  void theTelemetryApiIsAskedWithTheNewestSchema() throws Exception {
    assertThat(subscribe(Api.TELEMETRY, false, 200)).isTrue();
    String body =
        "{\"schemaVersion\":\"2025-01-29\",\"types\":[\"platform\",\"function\"],"
            + "\"buffering\":{\"maxItems\":1000,\"maxBytes\":262144,\"timeoutMs\":25},"
            + "\"destination\":{\"protocol\":\"HTTP\","
            + "\"URI\":\"http://sandbox.localdomain:4321/\"}}";
    assertThat(platform.nextRequest())
        .isEqualTo(
            "PUT /2022-07-01/telemetry HTTP/1.1\r\nHost: "
                + platform.authority()
                + "\r\nLambda-Extension-Identifier: id-1\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
    assertThat(said.text()).isEmpty();
  }

  @Test
  void theLogsApiIsAskedInItsOwnForm() throws Exception {
    assertThat(subscribe(Api.LOGS, false, 200)).isTrue();
    assertThat(platform.nextRequest())
        .startsWith("PUT /2020-08-15/logs HTTP/1.1\r\n")
        .endsWith(
            "{\"schemaVersion\":\"2021-03-18\",\"types\":[\"platform\",\"function\"],"
                + "\"buffering\":{\"maxItems\":1000,\"maxBytes\":262144,\"timeoutMs\":25},"
                + "\"destination\":{\"protocol\":\"HTTP\","
                + "\"URI\":\"http://sandbox.localdomain:4321/\","
                + "\"method\":\"POST\",\"encoding\":\"JSON\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 200         | telemetry 2025-01-29, telemetry 2022-12-13",
        "400 400 200     | telemetry 2025-01-29, telemetry 2022-12-13, telemetry 2022-07-01",
        "400 400 400 200 | telemetry 2025-01-29, telemetry 2022-12-13, telemetry 2022-07-01,"
            + " logs 2021-03-18",
        "403 200         | telemetry 2025-01-29, logs 2021-03-18",
        "500 200         | telemetry 2025-01-29, logs 2021-03-18",
        "404 200         | telemetry 2025-01-29, logs 2021-03-18"
      })
  void anOlderSchemaIsTriedWhenOneIsInvalidAndTheLogsApiWhenTelemetryIsRefused(
      String statuses, String asked) throws Exception {
    assertThat(subscribe(Api.TELEMETRY, false, statuses(statuses))).isTrue();
    assertThat(String.join(", ", asked())).isEqualTo(asked);
  }

  @Test
  void onManagedInstancesOnlyTheNewestSchemaIsAskedFor() throws Exception {
    assertThat(subscribe(Api.TELEMETRY, true, 400)).isFalse();
    assertThat(asked()).containsExactly("telemetry 2025-01-29");
  }

  @ParameterizedTest
  @CsvSource({"TELEMETRY", "LOGS"})
  void anEmulatorThatAcceptsWillDeliverNothing(Api api) throws Exception {
    assertThat(subscribe(api, false, 202)).isFalse();
    assertThat(said.text()).contains("accepts log subscriptions but delivers nothing");
  }

  @Test
  void aPlatformThatRefusesEverythingIsSaidOnce() throws Exception {
    assertThat(subscribe(Api.TELEMETRY, false, 403, 403)).isFalse();
    assertThat(said.lines())
        .containsExactly(
            "log-shipper: the platform rejected the log subscription (403, as after a failed init);"
                + " no logs will be shipped");
  }

  @ParameterizedTest
  @CsvSource({
    "TELEMETRY, 200, 'Telemetry API, schema 2025-01-29'",
    "TELEMETRY, 400 200, 'Telemetry API, schema 2022-12-13'",
    "TELEMETRY, 403 200, 'Logs API, schema 2021-03-18'",
    "LOGS, 200, 'Logs API, schema 2021-03-18'"
  })
  void aLineForDebuggingNamesTheApiAndTheSchema(Api api, String statuses, String accepted)
      throws Exception {
    said = new CapturedOutput(Level.DEBUG);
    assertThat(subscribe(api, false, statuses(statuses))).isTrue();
    assertThat(said.lines())
        .containsExactly(
            "log-shipper: subscription by the "
                + accepted
                + ": platform, function; at most 1000 events, 262144 bytes or 25 ms in a delivery");
  }

  @Test
  void theLaunchersSubscriptionIsDescribedWithItsSchema() {
    assertThat(
            new Subscription(Api.TELEMETRY, List.of("platform"), 1000, 262_144, 25, false)
                .describeEarlier())
        .isEqualTo(
            "subscription made by the launcher (Telemetry API, schema 2025-01-29) or by an earlier"
                + " process: platform; at most 1000 events, 262144 bytes or 25 ms in a delivery");
  }

  private boolean subscribe(Api api, boolean managedInstances, int... statuses)
      throws IOException, InterruptedException {
    platform.registered();
    ExtensionsApi extensions =
        ExtensionsApi.register(platform.authority(), "x", false, () -> 0, () -> 0);
    platform.nextRequest();
    for (int status : statuses) {
      platform.json(status, "\"OK\"");
    }
    return new Subscription(
            api, List.of("platform", "function"), 1000, 262_144, 25, managedInstances)
        .request(extensions, 4321, said.diagnostics());
  }

  private static int[] statuses(String text) {
    return java.util.Arrays.stream(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private List<String> asked() throws InterruptedException {
    List<String> asked = new ArrayList<>();
    while (!platform.hasNoMoreRequests()) {
      String request = platform.nextRequest();
      int schema = request.indexOf("schemaVersion") + "schemaVersion\":\"".length();
      String api = request.startsWith("PUT /2022-07-01/telemetry") ? "telemetry " : "logs ";
      asked.add(api + request.substring(schema, schema + 10));
    }
    return asked;
  }
}
