package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The launcher when Java dies repeatedly or cannot be started.
class PollingWithoutJavaTest extends LauncherTestBase {
  static final String CLOSING_REGISTRATION =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nLambda-Extension-Identifier: "
          + IDENTIFIER
          + "\r\nContent-Length: 2\r\n\r\n{}";
  private static final int PROCESSOR_OFFSET = 18;
  private static final int X86_64 = 0x3e;
  private static final int AARCH64 = 0xb7;
  private static final String DIES_WAITING = "note 5000 subscribed waiting; exit 1";
  private static final String LAST_LINE =
      "log-shipper: Java exited with status 1 for the third time in a row; no logs are shipped from"
          + " now on";

  @Test
  void threeDeathsWhileWaitingReadTheOutstandingResponseFirst() throws Exception {
    FakeLayer layer =
        layer("note 5000 subscribed waiting; hello; exit 1", DIES_WAITING, DIES_WAITING);
    LauncherProcess launcher = startRegistered(layer);
    Exchange outstanding = awaitHello(1);

    outstanding.event(INVOKE);
    Exchange next = api.awaitRequest();
    assertThat(next.requestLine()).isEqualTo(ASK_NEXT);
    next.event(SHUTDOWN);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(layer.starts()).isEqualTo(3);
    assertThat(launcher.linesPrinted()).hasSize(3).last().isEqualTo(LAST_LINE);
    assertThat(api.hasRequest()).isFalse();
  }

  @Test
  void threeDeathsInAnInvocationRequestNextOnTheSameConnection() throws Exception {
    LauncherProcess launcher =
        startRegistered(layer(DIES_WAITING, DIES_WAITING, "note 5000 subscribed invoked; exit 1"));

    Exchange next = api.awaitRequest();
    assertThat(next.connection()).isEqualTo(1);
    next.event(SHUTDOWN);

    assertThat(launcher.awaitExit()).isZero();
    assertThat(api.hasRequest()).isFalse();
  }

  @Test
  void manyInvocationsAreServedUntilShutdown() throws Exception {
    LauncherProcess launcher = startRegistered(layer("exit 1", "exit 1", "exit 1"));

    for (int invocation = 0; invocation < 5; invocation++) {
      api.awaitRequest().event(INVOKE);
    }
    assertThat(launcher.process().isAlive()).isTrue();
    api.awaitRequest().event(SHUTDOWN);

    assertThat(launcher.awaitExit()).isZero();
  }

  @Test
  void missingJavaDoesNotFailTheFunction() throws Exception {
    FakeLayer layer = layer();
    Files.delete(layer.java());

    assertThat(onlyLineOf(layer))
        .contains("the layer is incomplete: ")
        .endsWith("/bin/java is missing; no logs are shipped");
  }

  @Test
  void layerForAnotherProcessorNamesBothAndDoesNotFailTheFunction() throws Exception {
    boolean isArm = System.getProperty("os.arch").equals("aarch64");
    FakeLayer layer = layer();
    Files.write(layer.java(), elf(isArm ? X86_64 : AARCH64));

    assertThat(onlyLineOf(layer))
        .endsWith(
            isArm
                ? "this is the layer for x86_64, but the function runs on arm64: attach the layer"
                    + " for arm64; no logs are shipped"
                : "this is the layer for arm64, but the function runs on x86_64: attach the layer"
                    + " for x86_64; no logs are shipped");
  }

  @Test
  void javaWithoutItsLibrariesDoesNotFailTheFunction() throws Exception {
    FakeLayer layer = layer();
    FakeLayer.executable(layer.java(), "#!/no/such/loader\n");

    assertThat(onlyLineOf(layer)).contains("it needs glibc, which this image does not have");
  }

  @Test
  void damagedJavaDoesNotFailTheFunction() throws Exception {
    FakeLayer layer = layer();
    Files.setPosixFilePermissions(layer.java(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(onlyLineOf(layer)).contains("/bin/java is not executable, or damaged");
  }

  private String onlyLineOf(FakeLayer layer) throws Exception {
    LauncherProcess launcher = startRegistered(layer);
    api.awaitRequest().event(INVOKE);
    api.awaitRequest().event(SHUTDOWN);
    assertThat(launcher.awaitExit()).isZero();
    List<String> lines = launcher.linesPrinted();
    assertThat(lines).hasSize(1);
    return lines.getFirst();
  }

  /// The header of an ELF file, which ends after the processor's number.
  private static byte[] elf(int processor) {
    byte[] header = new byte[64];
    byte[] magic = {0x7f, 'E', 'L', 'F', 2, 1, 1};
    System.arraycopy(magic, 0, header, 0, magic.length);
    header[PROCESSOR_OFFSET] = (byte) processor;
    return header;
  }

  @Test
  void deathsFarApartAlwaysRestartJava() throws Exception {
    FakeLayer layer = layer("exit 1", "exit 1", "exit 1", "exit 1", "exit 0");
    layer.setInARowSeconds(0);

    assertThat(startRegistered(layer).awaitExit()).isZero();

    assertThat(layer.starts()).isEqualTo(5);
  }

  @Test
  void connectionsThatEndWithEachResponseAreReopened() throws Exception {
    LauncherProcess launcher = startRegistered(layer("exit 1", "exit 1", "exit 1"));

    Exchange first = api.awaitRequest();
    first.respond("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
    Exchange second = api.awaitRequest();
    second.event(SHUTDOWN);

    assertThat(second.connection()).isEqualTo(first.connection() + 1);
    assertThat(launcher.awaitExit()).isZero();
  }

  @Test
  void brokenConnectionIsReplacedOnce() throws Exception {
    LauncherProcess launcher = startRegistered(layer("exit 1", "exit 1", "exit 1"));

    api.awaitRequest().socket().close();
    api.awaitRequest().event(SHUTDOWN);

    assertThat(launcher.awaitExit()).isZero();
  }

  @Test
  void rejectedNextEndsTheLauncherWithALine() throws Exception {
    LauncherProcess launcher = startRegistered(layer("exit 1", "exit 1", "exit 1"));

    api.awaitRequest().respond("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");

    assertThat(launcher.awaitExit()).isEqualTo(1);
    assertThat(launcher.linesPrinted())
        .last()
        .isEqualTo(
            "log-shipper: the Extensions API rejected the request for the next event (status 403)");
  }
}
