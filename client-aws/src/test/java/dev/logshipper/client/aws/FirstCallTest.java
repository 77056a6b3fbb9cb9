package dev.logshipper.client.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.HttpDestination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstCallTest {

  @Test
  void firstCallPrintsNothingAndStartsNoThread(@TempDir Path folder) throws Exception {
    try (HttpDestination server = HttpDestination.start()) {
      Path output = folder.resolve("output");
      Path classes = folder.resolve("classes");
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xlog:class+load:file=" + classes,
                  "-classpath",
                  System.getProperty("java.class.path"),
                  FirstCall.class.getName(),
                  server.url())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(output)).isEmpty();
      assertThat(process.exitValue()).isZero();
      assertThat(server.requests()).hasSize(1);
      assertThat(loaded(classes, "services.s3.DefaultS3Client ")).isNotEmpty();
      assertThat(loaded(classes, "sun.net.www.http.HttpClient")).isEmpty();
      assertThat(loaded(classes, "DefaultCredentialsProvider ")).isEmpty();
      assertThat(loaded(classes, "ThreadPoolExecutor$Worker ")).isEmpty();
    }
  }

  private static List<String> loaded(Path classes, String name) throws IOException {
    return Files.readAllLines(classes).stream().filter(line -> line.contains(name)).toList();
  }
}
