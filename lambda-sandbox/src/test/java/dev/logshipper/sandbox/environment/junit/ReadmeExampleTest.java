package dev.logshipper.sandbox.environment.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The README shows the example as it is tested.
class ReadmeExampleTest {

  @Test
  void exampleOfTheReadmeIsTheOneTested() throws Exception {
    List<String> test =
        Files.readAllLines(
            Path.of(
                "src/test/java/dev/logshipper/sandbox/environment/junit/OwnExtensionTest.java"));
    int begin = test.indexOf("  // In the README from here on.");
    int end = test.indexOf("  // In the README up to here.");
    List<String> example =
        test.subList(begin + 1, end).stream().map(line -> line.replaceFirst("^  ", "")).toList();

    assertThat(Path.of("README.md")).content().contains(String.join("\n", example));
  }
}
