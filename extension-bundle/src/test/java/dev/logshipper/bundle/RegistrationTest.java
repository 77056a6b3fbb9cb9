package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest extends LauncherTestBase {
  @Test
  void registrationHasNameEventsAndFeature() throws Exception {
    start(layer());

    Exchange request = api.awaitRequest();

    assertThat(request.requestLine()).isEqualTo("POST /2020-01-01/extension/register HTTP/1.1");
    assertThat(request.header("Host")).isEqualTo(api.address());
    assertThat(request.header("Lambda-Extension-Name")).isEqualTo("log-shipper");
    assertThat(request.header("Lambda-Extension-Accept-Feature")).isEqualTo("accountId");
    assertThat(request.body().strip()).isEqualTo("{\"events\":[\"INVOKE\",\"SHUTDOWN\"]}");
  }

  @Test
  void registrationOnManagedInstancesAsksForShutdownOnly() throws Exception {
    start(layer().launcher(), Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "lambda-managed-instances"));

    assertThat(api.awaitRequest().body().strip()).isEqualTo("{\"events\":[\"SHUTDOWN\"]}");
  }

  @Test
  void registrationOfARenamedLauncherUsesItsFileName() throws Exception {
    Path launcher = layer().launcher();
    Path renamed = launcher.resolveSibling("shipper of logs.sh");
    Files.move(launcher, renamed);

    start(renamed, Map.of());

    assertThat(api.awaitRequest().header("Lambda-Extension-Name")).isEqualTo("shipper of logs.sh");
  }

  @Test
  void registrationArrivesAFewMillisecondsAfterTheStart() throws Exception {
    FakeLayer layer = layer();
    long best = Long.MAX_VALUE;
    for (int run = 0; run < 10; run++) {
      try (LauncherProcess launcher = LauncherProcess.start(layer.launcher(), api)) {
        best = Math.min(best, api.awaitRequest().arrivedNanos() - launcher.startedNanos());
      }
    }
    assertThat(TimeUnit.NANOSECONDS.toMillis(best)).isLessThan(30);
  }

  @Test
  void rejectedRegistrationEndsTheLauncherWithOneLine() throws Exception {
    FakeLayer layer = layer();
    LauncherProcess launcher = start(layer);

    api.awaitRequest()
        .respond("HTTP/1.1 403 Forbidden\r\nContent-Length: 15\r\n\r\n{\"errorType\":1}");

    assertThat(launcher.awaitExit()).isEqualTo(1);
    assertThat(launcher.linesPrinted())
        .containsExactly(
            "log-shipper: the Extensions API did not register 'log-shipper': status 403"
                + " {\"errorType\":1}");
    assertThat(layer.starts()).isZero();
  }

  @Test
  void registrationWithoutAResponseEndsTheLauncherWithOneLine() throws Exception {
    LauncherProcess launcher = start(layer());

    api.awaitRequest().socket().close();

    assertThat(launcher.awaitExit()).isEqualTo(1);
    assertThat(launcher.linesPrinted())
        .singleElement()
        .asString()
        .contains("did not register 'log-shipper': status none");
  }

  @Test
  void missingPlatformEndsTheLauncherWithOneLine() throws Exception {
    FakeLayer layer = layer();
    api.close();

    LauncherProcess launcher = start(layer);

    assertThat(launcher.awaitExit()).isEqualTo(1);
    assertThat(launcher.linesPrinted())
        .containsExactly(
            "log-shipper: cannot connect to the Extensions API at '" + api.address() + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:1x", "127.0.0.1:", ":80", "127.0.0.1:65536", "256.0.0.1:1", "[::g]:1"})
  void impossibleAddressEndsTheLauncherWithOneLine(String address) throws Exception {
    Map<String, String> environment = Map.of("AWS_LAMBDA_RUNTIME_API", address);
    try (LauncherProcess launcher = LauncherProcess.start(layer().launcher(), environment)) {
      assertThat(launcher.awaitExit()).isEqualTo(1);
      assertThat(launcher.linesPrinted())
          .containsExactly(
              "log-shipper: cannot connect to the Extensions API at '" + address + "'");
    }
  }

  @Test
  void hostOfThePlatformMayBeAName() throws Exception {
    String address = api.address().replace("127.0.0.1", "localhost");
    Map<String, String> environment = Map.of("AWS_LAMBDA_RUNTIME_API", address);
    try (LauncherProcess _ = LauncherProcess.start(layer().launcher(), environment)) {
      assertThat(api.awaitRequest().header("Host")).isEqualTo(address);
    }
  }

  @Test
  void missingAddressEndsTheLauncherWithOneLine() throws Exception {
    try (LauncherProcess launcher = LauncherProcess.start(layer().launcher(), Map.of())) {
      assertThat(launcher.awaitExit()).isEqualTo(1);
      assertThat(launcher.linesPrinted())
          .containsExactly("log-shipper: cannot connect to the Extensions API at ''");
    }
  }
}
