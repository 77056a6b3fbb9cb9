package dev.logshipper.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.testkit.FakePlatform;
import dev.logshipper.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ExtensionsApiTest {
  private static final long NOW = 1_795_256_130_000L;

  private final FakePlatform platform = new FakePlatform();
  private final ManualClock clock = new ManualClock();

  ExtensionsApiTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    platform.close();
  }

  @Test
  void registrationAsksForBothEventsAndTheAccount() throws Exception {
    ExtensionsApi api = registered();
    assertThat(platform.nextRequest())
        .isEqualTo(
            "POST /2020-01-01/extension/register HTTP/1.1\r\nHost: "
                + platform.authority()
                + "\r\nLambda-Extension-Name: shipper\r\nLambda-Extension-Accept-Feature:"
                + " accountId\r\nContent-Type: application/json\r\nContent-Length: 32\r\n\r\n"
                + "{\"events\":[\"INVOKE\",\"SHUTDOWN\"]}");
    assertThat(api.registration())
        .isEqualTo(new Registration("id-1", "hello", "$LATEST", "123456789012"));
  }

  @Test
  void onManagedInstancesOnlyShutdownIsAskedFor() throws Exception {
    platform.registered();
    ExtensionsApi.register(platform.authority(), "shipper", true, () -> NOW, clock);
    assertThat(platform.nextRequest()).endsWith("\r\n\r\n{\"events\":[\"SHUTDOWN\"]}");
  }

  @Test
  void aPlatformThatTellsLittleIsEnough() throws IOException {
    platform.json(200, "{}", "Lambda-Extension-Identifier: id-1");
    assertThat(register().registration()).isEqualTo(new Registration("id-1", "", "", null));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 500})
  void aRefusedRegistrationIsFinal(int status) {
    platform.json(status, "{\"errorType\":\"Extension.InvalidExtensionName\"}");
    assertThatThrownBy(this::register)
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining(Integer.toString(status));
  }

  @Test
  void anInvocationHasItsIdItsFunctionAndTheTimeLeft() throws Exception {
    ExtensionsApi api = registered();
    platform.nextRequest();
    platform.json(
        200,
        "{\"eventType\":\"INVOKE\",\"deadlineMs\":"
            + (NOW + 3_000)
            + ",\"requestId\":\"r-1\",\"invokedFunctionArn\":\"arn:x\",\"tracing\":{}}");
    api.requestNext();
    ExtensionEvent.Invoke invoke = (ExtensionEvent.Invoke) api.readNext();
    assertThat(platform.nextRequest())
        .isEqualTo(
            "GET /2020-01-01/extension/event/next HTTP/1.1\r\nHost: "
                + platform.authority()
                + "\r\nLambda-Extension-Identifier: id-1\r\n\r\n");
    assertThat(invoke.requestId()).isEqualTo("r-1");
    assertThat(invoke.functionArn()).isEqualTo("arn:x");
    assertThat(invoke.deadline().remaining()).isEqualTo(Duration.ofSeconds(3));
    clock.advance(Duration.ofSeconds(3));
    assertThat(invoke.deadline().hasPassed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"eventType\":\"SHUTDOWN\",\"shutdownReason\":\"spindown\",\"deadlineMs\":1795256132000}",
        "{\"eventType\":\"shutdown\",\"shutdownReason\":\"spindown\",\"deadlineMs\":1795256132000}",
        "{\"deadlineMs\":1.795256132e12,\"shutdownReason\":\"spindown\",\"eventType\":\"Shutdown\"}"
      })
  void shutdownIsUnderstoodInAnyCase(String body) throws IOException {
    ExtensionEvent.Shutdown shutdown = (ExtensionEvent.Shutdown) next(body);
    assertThat(shutdown.reason()).isEqualTo("spindown");
    assertThat(shutdown.deadline().remaining()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void anUnknownReasonIsTakenAsItIs() throws IOException {
    assertThat(next("{\"eventType\":\"SHUTDOWN\",\"shutdownReason\":\"moon phase\"}"))
        .isInstanceOfSatisfying(
            ExtensionEvent.Shutdown.class,
            shutdown -> assertThat(shutdown.reason()).isEqualTo("moon phase"));
  }

  @Test
  void anEventNeedsNoContentType() throws IOException {
    ExtensionsApi api = registered();
    platform.raw("HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{\"eventType\":\"SHUTDOWN\"}");
    api.requestNext();
    assertThat(api.readNext()).isInstanceOf(ExtensionEvent.Shutdown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",\"deadlineMs\":null", ",\"deadlineMs\":\"soon\"", ",\"deadlineMs\":0"})
  void aDeadlineThatIsNotGivenIsNear(String member) throws IOException {
    ExtensionEvent event = next("{\"eventType\":\"SHUTDOWN\"" + member + "}");
    assertThat(((ExtensionEvent.Shutdown) event).deadline().remaining())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1795256129999, 0", "99999999999999999, 86400", "1e300, 86400"})
  void anOddDeadlineStaysComputable(String deadline, long seconds) throws IOException {
    ExtensionEvent event = next("{\"eventType\":\"INVOKE\",\"deadlineMs\":" + deadline + "}");
    assertThat(((ExtensionEvent.Invoke) event).deadline().remaining())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 500})
  void refusedEventsAreFinal(int status) throws IOException {
    ExtensionsApi api = registered();
    platform.json(status, "{}");
    api.requestNext();
    assertThatThrownBy(api::readNext)
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining(Integer.toString(status));
  }

  @Test
  void anEventThatIsNoJsonIsAFailure() {
    assertThatThrownBy(() -> next("<html>")).isInstanceOf(PlatformException.class);
  }

  @Test
  void anInitErrorIsReportedInThePlatformsForm() throws Exception {
    ExtensionsApi api = registered();
    platform.nextRequest();
    platform.json(202, "{\"status\":\"OK\"}");
    api.initError("Extension.ConfigInvalid", "say \"no\"");
    String request = platform.nextRequest();
    assertThat(request)
        .startsWith("POST /2020-01-01/extension/init/error HTTP/1.1\r\n")
        .contains("\r\nLambda-Extension-Identifier: id-1\r\n")
        .contains("\r\nLambda-Extension-Function-Error-Type: Extension.ConfigInvalid\r\n")
        .endsWith(
            "{\"errorType\":\"Extension.ConfigInvalid\",\"errorMessage\":\"say \\\"no\\\"\"}");
  }

  @Test
  void whoTakesOverUsesTheIdentifierOfTheLauncher() throws Exception {
    ExtensionsApi api =
        ExtensionsApi.takeOver(
            platform.authority(), "id-9", "{\"functionName\":\"f\"}", false, () -> NOW, clock);
    platform.shutdown();
    api.requestNext();
    api.readNext();
    assertThat(platform.nextRequest()).contains("\r\nLambda-Extension-Identifier: id-9\r\n");
    assertThat(api.registration().functionName()).isEqualTo("f");
  }

  private ExtensionEvent next(String body) throws IOException {
    ExtensionsApi api = registered();
    platform.json(200, body);
    api.requestNext();
    return api.readNext();
  }

  private ExtensionsApi registered() throws IOException {
    platform.registered();
    return register();
  }

  private ExtensionsApi register() throws IOException {
    return ExtensionsApi.register(platform.authority(), "shipper", false, () -> NOW, clock);
  }
}
