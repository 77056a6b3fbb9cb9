package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The layer works in any folder.
class LocationTest extends LauncherTestBase {
  @Test
  void rootMayContainSpaces() throws Exception {
    FakeLayer layer = FakeLayer.at(folder.resolve("a root  with spaces"), "exit 0");

    assertThat(startRegistered(layer).awaitExit()).isZero();

    assertThat(layer.arguments(1).getFirst())
        .isEqualTo("@" + layer.root() + "/extensions/../log-shipper/jvm.options");
  }

  @Test
  void linkToTheRootWorks() throws Exception {
    FakeLayer layer = layer("exit 0");
    Path link = Files.createSymbolicLink(folder.resolve("link"), layer.root());

    runsThrough(link.resolve("extensions/log-shipper"), "log-shipper");

    assertThat(layer.starts()).isEqualTo(1);
  }

  @Test
  void linkNextToTheLauncherRegistersUnderTheNameOfTheLink() throws Exception {
    FakeLayer layer = layer("exit 0");
    Path link = layer.launcher().resolveSibling("alias");
    Files.createSymbolicLink(link, Path.of("log-shipper"));

    runsThrough(link, "alias");

    assertThat(layer.starts()).isEqualTo(1);
  }

  @Test
  void linkOutsideTheLayerWorks() throws Exception {
    FakeLayer layer = layer("exit 0");
    Path extensions = Files.createDirectories(folder.resolve("opt/extensions"));
    Path link = Files.createSymbolicLink(extensions.resolve("linked"), layer.launcher());

    LauncherProcess launcher = start(link, Map.of("PATH", "/usr/bin:/bin"));
    api.awaitRequest().register(IDENTIFIER, REGISTRATION);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(layer.starts()).isEqualTo(1);
  }

  private void runsThrough(Path launcher, String name) throws Exception {
    LauncherProcess process = start(launcher, Map.of());
    Exchange request = api.awaitRequest();
    request.register(IDENTIFIER, REGISTRATION);
    assertThat(request.header("Lambda-Extension-Name")).isEqualTo(name);
    assertThat(process.awaitExit()).isZero();
    assertThat(process.linesPrinted()).isEmpty();
  }
}
