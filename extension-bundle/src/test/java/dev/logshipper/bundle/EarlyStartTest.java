package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The early start: the launcher reports the extension as ready before Java starts.
class EarlyStartTest extends LauncherTestBase {
  private static final int HANDOVER = 11;
  private static final String SUBSCRIBE = "PUT /2022-07-01/telemetry HTTP/1.1";
  private static final Pattern PORT = Pattern.compile("http://sandbox.localdomain:(\\d+)/");

  private LauncherProcess startEarly(FakeLayer layer, Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(more);
    environment.putIfAbsent("PUSHER_EARLY_START", "");
    LauncherProcess launcher = start(layer.launcher(), environment);
    api.awaitRequest().register(IDENTIFIER, REGISTRATION);
    return launcher;
  }

  @Test
  void logsAndTheFirstEventAreRequestedBeforeJavaStarts() throws Exception {
    FakeLayer layer = layer("hello; exit 0");
    LauncherProcess launcher = startEarly(layer, Map.of());

    Exchange subscribe = api.awaitRequest();
    assertThat(subscribe.requestLine()).isEqualTo(SUBSCRIBE);
    assertThat(subscribe.header("Lambda-Extension-Identifier")).isEqualTo(IDENTIFIER);
    assertThat(layer.starts()).isZero();
    subscribe.event("\"OK\"");

    assertThat(api.awaitRequest().requestLine()).isEqualTo(ASK_NEXT);
    assertThat(awaitHello(1).connection()).isEqualTo(1);
    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted()).isEmpty();
    assertThat(layer.arguments(1).get(HANDOVER)).isEqualTo(port(subscribe) + " subscribed waiting");
  }

  @Test
  void deathsBeforeTheFirstNotePassTheSameStateOn() throws Exception {
    FakeLayer layer = layer("kill -9 $$", "kill -9 $$", "hello; exit 0");
    LauncherProcess launcher = startEarly(layer, Map.of());
    Exchange subscribe = api.awaitRequest();
    subscribe.event("\"OK\"");

    assertThat(api.awaitRequest().requestLine()).isEqualTo(ASK_NEXT);
    assertThat(awaitHello(3).connection()).isEqualTo(1);
    assertThat(launcher.awaitExit()).isZero();
    assertThat(layer.arguments(3).get(HANDOVER)).isEqualTo(port(subscribe) + " subscribed waiting");
  }

  @ParameterizedTest
  @CsvSource({"400 Bad Request", "202 Accepted", "404 Not Found"})
  void javaHandlesAPlatformThatDoesNotDeliver(String status) throws Exception {
    FakeLayer layer = layer("hello; exit 0");
    LauncherProcess launcher = startEarly(layer, Map.of());

    api.awaitRequest().respond("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\n{}");

    assertThat(awaitHello(1).connection()).isEqualTo(1);
    assertThat(launcher.awaitExit()).isZero();
    assertThat(layer.arguments(1).get(HANDOVER)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PUSHER_PLATFORM_MAX_ITEMS, 2000, PUSHER_PLATFORM_MAX_ITEMS",
    "ED_LAMBDA_MAX_BYTES, 300000, ED_LAMBDA_MAX_BYTES",
    "ED_LAMBDA_TIMEOUT_MS, 100, ED_LAMBDA_TIMEOUT_MS",
    "PUSHER_LOGS_API, LOGS, PUSHER_LOGS_API=logs",
    "PUSHER_ON_ERROR, fail, PUSHER_ON_ERROR=fail",
    "AWS_LAMBDA_INITIALIZATION_TYPE, lambda-managed-instances, Managed Instances",
  })
  void settingsThatRequireJavaDisableARequestedEarlyStart(String name, String value, String reason)
      throws Exception {
    LauncherProcess launcher =
        startEarly(layer("hello; exit 0"), Map.of("PUSHER_EARLY_START", "True", name, value));

    assertThat(awaitHello(1).connection()).isEqualTo(1);
    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted())
        .containsExactly(
            "log-shipper: PUSHER_EARLY_START has no effect with "
                + reason
                + "; init waits for Java");
  }

  @ParameterizedTest
  @CsvSource({
    "PUSHER_EARLY_START, FALSE",
    "PUSHER_PLATFORM_MAX_ITEMS, 2000",
    "PUSHER_WARM_UP_MS, 300",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE, 511",
    "AWS_LAMBDA_INITIALIZATION_TYPE, lambda-managed-instances",
    "AWS_LAMBDA_INITIALIZATION_TYPE, provisioned-concurrency",
    "AWS_LAMBDA_INITIALIZATION_TYPE, snap-start",
  })
  void initWaitsForJavaInSilence(String name, String value) throws Exception {
    FakeLayer layer = layer("hello; exit 0");
    LauncherProcess launcher = startEarly(layer, Map.of(name, value));

    assertThat(awaitHello(1).connection()).isEqualTo(1);
    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted()).isEmpty();
    assertThat(layer.arguments(1).get(HANDOVER)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "511, '', true",
    "511, 0, ''",
    "512, '', ''",
    "1024, 0, ''",
  })
  void warmUpIsGivenUpWhereRequestedOrNotNeeded(String memory, String warmUp, String earlyStart)
      throws Exception {
    LauncherProcess launcher =
        startEarly(
            layer("exit 0"),
            Map.of(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                memory,
                "PUSHER_WARM_UP_MS",
                warmUp,
                "PUSHER_EARLY_START",
                earlyStart));

    Exchange subscribe = api.awaitRequest();
    assertThat(subscribe.requestLine()).isEqualTo(SUBSCRIBE);
    subscribe.event("\"OK\"");
    assertThat(launcher.awaitExit()).isZero();
  }

  @Test
  void deliveriesWaitInOneSocketForEachJava() throws Exception {
    String showsSocket = "readlink /proc/$$/fd/0 >&2;";
    FakeLayer layer = layer(showsSocket + "hello; read -r -u 1; exit 1", showsSocket + "exit 0");
    LauncherProcess launcher = startEarly(layer, Map.of());
    Exchange subscribe = api.awaitRequest();
    int port = Integer.parseInt(port(subscribe));

    try (Socket beforeJava = new Socket(InetAddress.getLoopbackAddress(), port)) {
      beforeJava.getOutputStream().write('x');
      subscribe.event("\"OK\"");
      assertThat(api.awaitRequest().requestLine()).isEqualTo(ASK_NEXT);
      awaitHello(1).respond("something\n");
      assertThat(launcher.awaitExit()).isZero();
    }

    List<String> lines = launcher.linesPrinted();
    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst()).startsWith("socket:[").isEqualTo(lines.getLast());
  }

  private static String port(Exchange subscribe) {
    Matcher matcher = PORT.matcher(subscribe.body());
    assertThat(matcher.find()).as(subscribe.body()).isTrue();
    return matcher.group(1);
  }
}
