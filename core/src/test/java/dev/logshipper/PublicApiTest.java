package dev.logshipper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds the API of plugins to `core/api.txt`, so that no change of it goes unnoticed. A deliberate
/// change is accepted with `-Dapi.accept`, which rewrites the file.
class PublicApiTest {
  private static final Path ACCEPTED = Path.of("api.txt");

  @Test
  void theApiOfPluginsIsTheAcceptedOne() throws IOException {
    List<String> now = PublicApi.lines();
    if (System.getProperty("api.accept") != null) {
      Files.write(ACCEPTED, now);
    }
    List<String> accepted = Files.readAllLines(ACCEPTED);

    assertThat(now)
        .as(
            "core/api.txt\nremoved:%s\nadded:%s\nTo accept this: mvn -pl core test"
                + " -Dtest=PublicApiTest -Dapi.accept=true. If a signature of the contract (sink,"
                + " config) was removed or changed, raise Spi.VERSION; sink.support may change with a"
                + " minor version.\n",
            difference(accepted, now), difference(now, accepted))
        .isEqualTo(accepted);
  }

  private static String difference(List<String> lines, List<String> without) {
    List<String> others = new ArrayList<>(lines);
    others.removeAll(without);
    return others.isEmpty() ? " nothing" : "\n" + String.join("\n", others);
  }
}
