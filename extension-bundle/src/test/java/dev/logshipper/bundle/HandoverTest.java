package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandoverTest extends LauncherTestBase {
  private static final int NAME = 8;

  @Test
  void javaIsGivenTheRegistrationAndTheConnection() throws Exception {
    FakeLayer layer = layer("hello; read -r response <&1; echo \"got $response\" >&2; exit 0");
    LauncherProcess launcher = startRegistered(layer);

    Exchange hello = awaitHello(1);
    hello.respond("something\n");

    assertThat(hello.connection()).isEqualTo(1);
    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted()).containsExactly("got something");
    String root = layer.root() + "/extensions/../log-shipper/";
    assertThat(layer.arguments(1))
        .containsExactly(
            "@" + root + "jvm.options",
            "-Xmx49m",
            "-XX:AOTCache=" + root + "cache/http-loki.aot",
            "-Dlog-shipper.listed=" + root + "lib",
            "-Dlog-shipper.sinks=" + root + "sinks",
            "-cp",
            root + "lib/core.jar:" + root + "sinks/http/a.jar",
            "dev.logshipper.LogShipperExtension",
            "log-shipper",
            IDENTIFIER,
            REGISTRATION,
            "",
            "inherited",
            "inherited",
            "");
  }

  @Test
  void launcherOccupiesLittleMemory() throws Exception {
    FakeLayer layer = layer("hello; read -r response <&1; exit 0");
    LauncherProcess launcher = startRegistered(layer);
    Exchange hello = awaitHello(1);

    String memory =
        Files.readString(Path.of("/proc", launcher.process().pid() + "", "smaps_rollup"));
    hello.respond("something\n");

    int kilobytes =
        memory
            .lines()
            .filter(line -> line.startsWith("Pss:"))
            .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
    assertThat(kilobytes).isBetween(1, 200);
    assertThat(launcher.awaitExit()).isZero();
  }

  @Test
  void pluginsAreNotOnTheClassPath() throws Exception {
    FakeLayer layer = FakeLayer.at(folder.resolve("my layer"), "exit 0");
    for (String jar : List.of("acme/b c.jar", "acme/a.jar", "http/a.jar", "http/more.jar")) {
      Path file = layer.root().resolve("log-shipper/sinks").resolve(jar);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }

    assertThat(startRegistered(layer).awaitExit()).isZero();

    String root = layer.root() + "/extensions/../log-shipper/";
    assertThat(layer.arguments(1))
        .contains(
            "-Dlog-shipper.sinks=" + root + "sinks",
            root + "lib/core.jar:" + root + "sinks/http/a.jar");
  }

  @ParameterizedTest
  @CsvSource({
    "http, http-loki",
    "LOKI, http-loki",
    "s3, kinesis-s3",
    "' S3 , http', kinesis-s3",
    "'http,kinesis', kinesis-s3",
    "Firehose, kinesis-s3",
    "http>s3, kinesis-s3",
    "'loki > http', http-loki",
    "acme, http-loki",
    "p, http-loki",
    "'', http-loki",
  })
  void cacheDependsOnTheModes(String modes, String cache) throws Exception {
    FakeLayer layer = layer("exit 0");
    LauncherProcess launcher = start(layer.launcher(), Map.of("PUSHER_MODE", modes));
    api.awaitRequest().register(IDENTIFIER, REGISTRATION);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(layer.arguments(1))
        .contains(
            "-XX:AOTCache=" + layer.root() + "/extensions/../log-shipper/cache/" + cache + ".aot");
  }

  @Test
  void successfulRunEndsWithoutALine() throws Exception {
    LauncherProcess launcher = startRegistered(layer("note 5000 subscribed shutdown; exit 0"));

    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted()).isEmpty();
  }

  @Test
  void reportedInitErrorEndsTheLauncherWithOneLine() throws Exception {
    FakeLayer layer = layer("exit 78");
    LauncherProcess launcher = startRegistered(layer);

    assertThat(launcher.awaitExit()).isEqualTo(1);
    assertThat(launcher.linesPrinted()).isEmpty();
    assertThat(layer.starts()).isEqualTo(1);
  }

  @Test
  void headersInAnyCaseAndABodyWithMoreBytesThanCharactersAreUnderstood() throws Exception {
    String body = "{\"functionName\":\"größe-日本\"}";
    FakeLayer layer = layer("hello; exit 0");
    LauncherProcess launcher =
        start(layer.launcher(), Map.of("LANG", "C.UTF-8", "LC_ALL", "C.UTF-8"));

    api.awaitRequest()
        .respond(
            "HTTP/1.1 200 OK\r\nLAMBDA-EXTENSION-IDENTIFIER:"
                + IDENTIFIER
                + " \r\ncontent-length:"
                + body.getBytes(Exchange.WIRE).length
                + "\r\nConnection: keep-alive\r\n\r\n"
                + body);

    assertThat(awaitHello(1).connection()).isEqualTo(1);
    assertThat(launcher.awaitExit()).isZero();
    assertThat(layer.arguments(1).subList(NAME, NAME + 7))
        .containsExactly("log-shipper", IDENTIFIER, body, "", "inherited", "inherited", "");
    assertThat(layer.environment(1)).containsEntry("LC_ALL", "C.UTF-8");
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 7\r\n', '{\"a\":1}'",
    "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n', '3;x=y\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n'",
    "'HTTP/1.0 200 OK\r\nContent-Length: 7\r\n', '{\"a\":1}'",
    "'HTTP/1.1 200 OK\r\n', '{\"a\":1}'",
  })
  void connectionThatEndsWithTheResponseIsNotInherited(String head, String body) throws Exception {
    FakeLayer layer = layer("readlink /proc/$$/fd/1 >&2; exit 0");
    LauncherProcess launcher = start(layer);

    Exchange request = api.awaitRequest();
    request.respond(head + "Lambda-Extension-Identifier: " + IDENTIFIER + "\r\n\r\n" + body);
    request.end();

    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted()).containsExactly("/dev/null");
    assertThat(layer.arguments(1).subList(NAME, NAME + 7))
        .containsExactly("log-shipper", IDENTIFIER, "{\"a\":1}", "", "own", "inherited", "");
  }

  @Test
  void environmentOfTheFunctionDoesNotAffectLauncherAndJava() throws Exception {
    Path trap = folder.resolve("trap.sh");
    Files.writeString(trap, "echo trapped >&2; exit 7\n");
    FakeLayer layer = layer("exit 0");

    LauncherProcess launcher =
        start(
            layer.launcher(),
            Map.ofEntries(
                Map.entry("BASH_ENV", trap.toString()),
                Map.entry("ENV", trap.toString()),
                Map.entry("BASH_FUNC_echo%%", "() { exit 7; }"),
                Map.entry("SHELLOPTS", "posix:errexit"),
                Map.entry("POSIXLY_CORRECT", "1"),
                Map.entry("IFS", "l"),
                Map.entry("self", "/nonexistent"),
                Map.entry("JAVA_TOOL_OPTIONS", "-javaagent:x.jar"),
                Map.entry("_JAVA_OPTIONS", "-Xmx1m"),
                Map.entry("JDK_JAVA_OPTIONS", "-Xmx1m"),
                Map.entry("CLASSPATH", "/var/task"),
                Map.entry("LD_LIBRARY_PATH", "/var/lang/lib"),
                Map.entry("PUSHER_MODE", "http")));
    api.awaitRequest().register(IDENTIFIER, REGISTRATION);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted()).isEmpty();
    assertThat(layer.environment(1))
        .containsEntry("PUSHER_MODE", "http")
        .doesNotContainKeys(
            "JAVA_TOOL_OPTIONS",
            "_JAVA_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "CLASSPATH",
            "LD_LIBRARY_PATH",
            "LD_PRELOAD");
  }

  @ParameterizedTest
  @CsvSource({
    "1, , 25",
    "1024, , 1304",
    ", 40, 74",
    "40, 100, 74",
    "0, , 49",
    "1025, , 49",
    "10000, , 49",
    "12.5, , 49",
    "ten, , 49",
    "-4, , 49",
  })
  void heapFollowsTheBuffer(String buffer, String edBuffer, int heap) throws Exception {
    FakeLayer layer = layer("exit 0");
    Map<String, String> environment = new HashMap<>();
    environment.put("PUSHER_BUFFER_MB", buffer == null ? "" : buffer);
    environment.put("ED_BUFFER_SIZE_MB", edBuffer == null ? "" : edBuffer);

    LauncherProcess launcher = start(layer.launcher(), environment);
    api.awaitRequest().register(IDENTIFIER, REGISTRATION);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(layer.arguments(1)).contains("-Xmx" + heap + "m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|49",
        "' , '|49",
        "s3|49",
        "http,loki|57",
        "http, loki, kinesis, s3|73",
        ",http,,loki,|57"
      })
  void heapHasRoomForARequestOfEachSink(String modes, int heap) throws Exception {
    FakeLayer layer = layer("exit 0");

    LauncherProcess launcher = start(layer.launcher(), Map.of("PUSHER_MODE", modes));
    api.awaitRequest().register(IDENTIFIER, REGISTRATION);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(layer.arguments(1)).contains("-Xmx" + heap + "m");
  }
}
