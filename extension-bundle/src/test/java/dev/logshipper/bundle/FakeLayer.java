package dev.logshipper.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A copy of the layer's skeleton with a bash script instead of `java`. Its n-th start records its
/// arguments and environment, then runs the n-th script of the test.
final class FakeLayer {
  private static final String JAVA =
      """
      #!/bin/bash
      runs=${BASH_SOURCE[0]%%/log-shipper/runtime/*}/runs
      PATH=/usr/bin:/bin
      for ((n = 1; ; n++)); do mkdir "$runs/$n" && break; done 2>/dev/null
      printf '%s\\n' "$@" >"$runs/$n/arguments"
      env >"$runs/$n/environment"
      hello() { printf 'GET /java/%s HTTP/1.1\\r\\n\\r\\n' "$n"; }
      note() { read -r -t 0 -u 4 && read -r _ <&4; echo "$*" >&4; }
      source "$runs/$n.sh"
      """;

  private static final String IN_A_ROW = "deaths in a row within";
  private static final int IN_A_ROW_LABEL_BYTES = 24;

  private final Path root;

  private FakeLayer(Path root) {
    this.root = root;
  }

  /// @param scripts bash scripts of the first, second ... start of Java; `hello` sends a request on
  ///   the inherited connection, `note` writes to the state pipe
  static FakeLayer at(Path root, String... scripts) throws IOException {
    Files.createDirectories(root.resolve("runs"));
    Files.createDirectories(root.resolve("extensions"));
    Files.createDirectories(root.resolve("log-shipper/runtime/bin"));
    Files.copy(
        Path.of("src/main/launcher", Processor.ofThisMachine().lambdaName(), "log-shipper"),
        launcher(root));
    Files.writeString(root.resolve("log-shipper/classpath"), "lib/core.jar\nsinks/http/a.jar\n");
    executable(root.resolve("log-shipper/runtime/bin/java"), JAVA);
    Files.createDirectories(root.resolve("log-shipper/cache"));
    Files.createFile(root.resolve("log-shipper/cache/http-loki.aot"));
    Files.createFile(root.resolve("log-shipper/cache/kinesis-s3.aot"));
    for (int run = 1; run <= scripts.length; run++) {
      Files.writeString(root.resolve("runs/" + run + ".sh"), scripts[run - 1]);
    }
    return new FakeLayer(root);
  }

  Path root() {
    return root;
  }

  Path launcher() {
    return launcher(root);
  }

  Path java() {
    return root.resolve("log-shipper/runtime/bin/java");
  }

  /// Changes the seconds within which deaths count as deaths in a row.
  void setInARowSeconds(int seconds) throws IOException {
    byte[] program = Files.readAllBytes(launcher());
    int label = new String(program, ISO_8859_1).indexOf(IN_A_ROW);
    assertThat(label).isPositive();
    ByteBuffer.wrap(program)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(label + IN_A_ROW_LABEL_BYTES, seconds);
    Files.write(launcher(), program);
  }

  int starts() {
    int starts = 0;
    while (Files.exists(root.resolve("runs/" + (starts + 1)))) {
      starts++;
    }
    return starts;
  }

  List<String> arguments(int start) throws IOException {
    return Files.readAllLines(root.resolve("runs/" + start + "/arguments"));
  }

  Map<String, String> environment(int start) throws IOException {
    return Files.readAllLines(root.resolve("runs/" + start + "/environment")).stream()
        .filter(line -> line.contains("="))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')),
                line -> line.substring(line.indexOf('=') + 1)));
  }

  static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path launcher(Path root) {
    return root.resolve("extensions/log-shipper");
  }
}
