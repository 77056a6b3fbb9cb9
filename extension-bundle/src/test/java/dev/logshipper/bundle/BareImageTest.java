package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The launcher on images that lack programs, and with starts that no platform should make.
class BareImageTest extends LauncherTestBase {
  private static final String IN_ROOT = "/opt/extensions/log-shipper";

  @Test
  void imageWithoutAShellOrGlibcRunsTheFunction() throws Exception {
    Path root = folder.resolve("root");
    FakeLayer layer = FakeLayer.at(root.resolve("opt"));
    Files.delete(layer.java());
    Files.copy(Path.of(System.getProperty("java.home"), "bin/java"), layer.java());
    assertThat(files(root)).noneMatch(file -> file.endsWith("sh"));

    LauncherProcess launcher = start(BareRoot.command(root, IN_ROOT), Map.of());
    api.awaitRequest().register(IDENTIFIER, REGISTRATION);
    api.awaitRequest().event(INVOKE);
    api.awaitRequest().event(SHUTDOWN);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted())
        .containsExactly(
            "log-shipper: Java cannot run here: it needs glibc, which this image does not have; no"
                + " logs are shipped");
  }

  private static List<String> files(Path root) throws Exception {
    try (Stream<Path> files = Files.walk(root)) {
      return files.map(Path::toString).toList();
    }
  }

  @Test
  void truncatedJavaDoesNotFailTheFunction() throws Exception {
    FakeLayer layer = layer();
    byte[] java = Files.readAllBytes(Path.of(System.getProperty("java.home"), "bin/java"));
    try (var file = Files.newOutputStream(layer.java())) {
      file.write(java, 0, 40);
    }

    LauncherProcess launcher = startRegistered(layer);
    api.awaitRequest().event(SHUTDOWN);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted())
        .singleElement()
        .asString()
        .contains("/bin/java is not executable, or damaged; no logs are shipped");
  }

  @Test
  void closedStandardStreamsAreNotTakenForConnections() throws Exception {
    FakeLayer layer = layer("hello; exit 0");
    LauncherProcess launcher =
        start(
            List.of("/bin/bash", "-c", "exec \"$0\" <&- >&- 2>&-", layer.launcher().toString()),
            Map.of());
    api.awaitRequest().register(IDENTIFIER, REGISTRATION);

    assertThat(awaitHello(1).connection()).isEqualTo(1);
    assertThat(launcher.awaitExit()).isZero();
  }

  @Test
  void closedStandardErrorLosesTheLinesOnly() throws Exception {
    FakeLayer layer = layer("exit 1", "hello; exit 0");
    LauncherProcess launcher =
        start(
            List.of("/bin/bash", "-c", "exec \"$0\" 2>&-", layer.launcher().toString()), Map.of());
    api.awaitRequest().register(IDENTIFIER, REGISTRATION);

    assertThat(awaitHello(2).connection()).isEqualTo(2);
    assertThat(launcher.awaitExit()).isZero();
  }

  @Test
  void thousandsOfVariablesReachJava() throws Exception {
    FakeLayer layer = layer("exit 0");
    LauncherProcess launcher = start(layer.launcher(), variables(4_000, 100));
    api.awaitRequest().register(IDENTIFIER, REGISTRATION);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(launcher.linesPrinted()).isEmpty();
    assertThat(layer.environment(1)).containsKeys("VARIABLE_1", "VARIABLE_4000");
  }

  private static Map<String, String> variables(int count, int length) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 1; i <= count; i++) {
      variables.put("VARIABLE_" + i, "x".repeat(length));
    }
    return variables;
  }

  @Test
  void registrationBeyondTheLimitIsReplaced() throws Exception {
    FakeLayer layer = layer("exit 0");
    LauncherProcess launcher = start(layer);
    api.awaitRequest().register(IDENTIFIER, "{\"functionName\":\"" + "f".repeat(70_000) + "\"}");

    assertThat(launcher.awaitExit()).isZero();
    assertThat(layer.arguments(1)).contains("{}", "inherited");
  }
}
