package dev.logshipper.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerAddressTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1 localhost\n169.254.100.6 sandbox.localdomain\n",
        "169.254.100.6\tsandbox.localdomain sandbox\r\n",
        "  169.254.100.6   sandbox\t sandbox.localdomain",
        "# 127.0.0.9 sandbox.localdomain\n169.254.100.6 sandbox.localdomain # 127.0.0.8",
        "# café\n169.254.100.6 sandbox.localdomain",
        "169.254.100.6 sandbox.localdomain\n127.0.0.7 sandbox.localdomain"
      })
  void theHostsFileNamesTheAddress(String hosts) throws IOException {
    assertThat(resolve(hosts)).isEqualTo("169.254.100.6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "169.254.100.6 sandbox\n",
        "169.254.100.6 not.sandbox.localdomain",
        "169.254.100.6 sandbox.localdomain.example",
        "#169.254.100.6 sandbox.localdomain",
        "169.254.100.6 other # sandbox.localdomain"
      })
  void loopbackServesWhereTheNameDoesNotExist(String hosts) throws IOException {
    assertThat(resolve(hosts)).startsWith("127.");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void loopbackServesWhereThereIsNoHostsFile(boolean localPlatform) {
    assertThat(ListenerAddress.resolve(folder.resolve("absent"), localPlatform))
        .matches(InetAddress::isLoopbackAddress);
  }

  private String resolve(String hosts) throws IOException {
    Path file = Files.writeString(folder.resolve("hosts"), hosts, StandardCharsets.ISO_8859_1);
    return ListenerAddress.resolve(file, false).getHostAddress();
  }
}
