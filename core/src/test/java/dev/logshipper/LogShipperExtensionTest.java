package dev.logshipper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.settings.FileSinkProvider;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.testkit.FakePlatform;
import dev.logshipper.testkit.RawClient;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole extension as a process of its own, which registers by itself.
@Timeout(60)
class LogShipperExtensionTest {
  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:hello";

  @TempDir Path folder;
  private final FakePlatform platform = new FakePlatform();
  private final Map<String, String> environment = new HashMap<>();

  LogShipperExtensionTest() throws IOException {}

  @BeforeEach
  void offerTheFileSink() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(SinkProvider.class.getName()), FileSinkProvider.class.getName());
    environment.put("PUSHER_MODE", "file");
    environment.put("PUSHER_FILE_PATH", folder.resolve("arrived").toString());
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_LAMBDA_RUNTIME_API", platform.authority());
  }

  @AfterEach
  void close() throws IOException {
    platform.close();
  }

  @Test
  void linesGoFromThePlatformToTheSinkBeforeTheInvocationEndsAndAreAccountedFor() throws Exception {
    platform.registered().json(200, "\"OK\"");
    Process process = start();
    assertThat(platform.nextRequest())
        .contains("/2020-01-01/extension/register ", "Lambda-Extension-Name: log-shipper\r\n");
    int port = port(platform.nextRequest());
    assertThat(platform.nextRequest()).contains("/event/next ");
    platform.invoke("r-1", 60_000);
    try (RawClient deliveries = new RawClient(port)) {
      deliveries.post(
          """
          [{"type":"platform.start","record":{"requestId":"r-1"}},
           {"type":"function","record":"hello\\u0020world"}]\
          """);
      assertThat(deliveries.status()).isEqualTo("HTTP/1.1 200 OK");
      deliveries.post("[{\"type\":\"platform.runtimeDone\",\"record\":{\"requestId\":\"r-1\"}}]");
      assertThat(deliveries.status()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(platform.nextRequest()).contains("/event/next ");
      assertThat(folder.resolve("arrived"))
          .hasContent(
              "r-1 "
                  + ARN
                  + " {\"requestId\":\"r-1\"}\nr-1 "
                  + ARN
                  + " hello world\nr-1 "
                  + ARN
                  + " {\"requestId\":\"r-1\"}");
      platform.shutdown();
      deliveries.post("[{\"type\":\"platform.report\",\"record\":{\"requestId\":\"r-1\"}}]");
    }
    assertThat(exitCode(process)).isZero();
    assertThat(said())
        .contains("log-shipper: started without its launcher")
        .contains("log-shipper: ledger sink=file received=4 delivered=4 dropped=0 left_behind=0")
        .endsWith(" platform_dropped=0 malformed=0\n");
  }

  @Test
  void startLineAtDebugLevelNamesTheJavaRelease() throws Exception {
    environment.put("PUSHER_LOG_LEVEL", "debug");
    platform.registered().json(200, "\"OK\"").shutdown();
    Process process = start();
    assertThat(exitCode(process)).isZero();
    assertThat(said())
        .contains(
            "log-shipper: started on Java "
                + Runtime.version()
                + " of "
                + System.getProperty("java.version.date")
                + ", "
                + System.getProperty("java.vendor")
                + "\n");
  }

  @Test
  void badSettingsDoNotTakeTheFunctionDown() throws Exception {
    environment.put("PUSHER_MODE", "nowhere");
    platform.registered().json(200, "\"OK\"").shutdown();
    Process process = start();
    assertThat(exitCode(process)).isZero();
    assertThat(said())
        .contains(
            "log-shipper: 1 configuration problem: PUSHER_MODE=nowhere: this layer has only file")
        .contains("log-shipper: ledger sink=nowhere received=0");
  }

  @Test
  void aJarThatIsLeftOutIsALineOfItsOwnAndNeverAnInitError() throws Exception {
    environment.put("PUSHER_ON_ERROR", "fail");
    Files.createDirectories(folder.resolve("sinks/acme"));
    Files.writeString(folder.resolve("sinks/acme/acme.jar"), "no jar");
    platform.registered().json(200, "\"OK\"").shutdown();
    Process process = start();
    assertThat(exitCode(process)).isZero();
    assertThat(said().lines().toList())
        .contains(
            "log-shipper: sinks/acme/acme.jar (mode acme) left out: not a readable jar;"
                + " expected an intact jar that any user may read");
  }

  @Test
  void badSettingsAreAnInitErrorWhenTheUserWantsThat() throws Exception {
    environment.put("PUSHER_MODE", "nowhere");
    environment.put("PUSHER_ON_ERROR", "fail");
    platform.registered().json(202, "{\"status\":\"OK\"}");
    Process process = start();
    assertThat(platform.nextRequest()).contains("/register ");
    assertThat(platform.nextRequest())
        .contains("/init/error ")
        .contains("\"errorType\":\"Extension.ConfigInvalid\"")
        .contains("PUSHER_MODE=nowhere");
    assertThat(exitCode(process)).isEqualTo(78);
  }

  @Test
  void aRefusedRegistrationEndsTheProcessInOneLine() throws Exception {
    platform.json(403, "{}");
    Process process = start();
    assertThat(exitCode(process)).isEqualTo(78);
    assertThat(said().lines().toList())
        .last()
        .isEqualTo("log-shipper: giving up: the platform rejected the registration: 403");
  }

  private Process start() throws IOException {
    String classPath = folder + File.pathSeparator + System.getProperty("java.class.path");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dlog-shipper.sinks=" + folder.resolve("sinks"),
            "-cp",
            classPath,
            LogShipperExtension.class.getName());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile());
    return builder.start();
  }

  private static int exitCode(Process process) throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the process did not end");
    }
    return process.exitValue();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("said"));
  }

  private static int port(String subscription) {
    String host = "http://sandbox.localdomain:";
    int from = subscription.indexOf(host) + host.length();
    return Integer.parseInt(subscription.substring(from, subscription.indexOf('/', from)));
  }
}
