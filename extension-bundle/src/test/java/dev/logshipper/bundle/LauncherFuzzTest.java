package dev.logshipper.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher and a platform whose responses are damaged at random: it ends by itself, with a
/// documented status, and prints nothing but its own lines.
class LauncherFuzzTest {
  private static final long NANOS = 4_000_000_000L;
  private static final Path SOURCES = Path.of("src/main/c");

  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nLambda-Extension-Identifier: 3da1f2dc-3222-475e-9205-e2e6c6318895\r\n";

  private static final List<String> RESPONSES =
      List.of(
          HEAD + "Content-Length: 22\r\n\r\n{\"functionName\":\"hello\"",
          HEAD + "Transfer-Encoding: chunked\r\n\r\n5;a=b\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n",
          HEAD + "\r\n{\"eventType\":\"INVOKE\"}",
          HEAD + "Connection: close\r\nContent-Length: 2\r\n\r\nOK",
          HEAD + "Content-Length: 25\r\n\r\n{\"eventType\": \"SHUTDOWN\" }",
          "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n{}");

  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\0",
          ":",
          " ",
          "\t",
          "-1",
          "0",
          "ffffffff",
          "7fffffffffffffff",
          "99999999999999999999",
          "Content-Length: 70000\r\n",
          "Transfer-Encoding: chunked\r\n",
          "x".repeat(2_000),
          "y".repeat(70_000));

  @TempDir Path folder;

  @Test
  void shippedProgramSurvivesAnyResponse() throws Exception {
    fuzz(layer());
  }

  @Test
  void sanitizersFindNoFault() throws Exception {
    FakeLayer layer = layer();
    Path sanitized = compiled("address,undefined");
    Files.copy(sanitized, layer.launcher(), StandardCopyOption.REPLACE_EXISTING);
    fuzz(layer);
  }

  private FakeLayer layer() throws IOException {
    FakeLayer layer = FakeLayer.at(folder.resolve("layer"));
    FakeLayer.executable(layer.java(), "#!/bin/bash\nexit 1\n");
    return layer;
  }

  /// The launcher with a C library and sanitizers. Without a C compiler that has them the test is
  /// skipped.
  private Path compiled(String sanitizers) throws IOException, InterruptedException {
    Path program = folder.resolve("log-shipper");
    List<String> command =
        new ArrayList<>(
            List.of(
                "cc",
                "-std=c11",
                "-O1",
                "-g",
                "-fsanitize=" + sanitizers,
                "-fno-sanitize-recover=all",
                "-o",
                program.toString(),
                "src/test/c/hosted_launcher.c"));
    try (Stream<Path> files = Files.list(SOURCES)) {
      files
          .map(Path::toString)
          .filter(file -> file.endsWith(".c") && !file.endsWith("entry.c"))
          .forEach(command::add);
    }
    Process compiler;
    try {
      compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException _) {
      return abort("no C compiler called cc on the path");
    }
    String output = new String(compiler.getInputStream().readAllBytes(), UTF_8);
    assumeTrue(
        compiler.waitFor() == 0, () -> "cc cannot compile for " + sanitizers + ": " + output);
    return program;
  }

  private static void fuzz(FakeLayer layer) throws Exception {
    long end = System.nanoTime() + NANOS;
    long seed = System.nanoTime();
    for (; System.nanoTime() < end; seed++) {
      runOnce(layer, new Random(seed), "seed " + seed);
    }
  }

  private static void runOnce(FakeLayer layer, Random random, String seed) throws Exception {
    String earlyStart = random.nextBoolean() ? "true" : "false";
    try (ScriptedPlatform platform = new ScriptedPlatform(responses(random));
        LauncherProcess launcher =
            LauncherProcess.start(
                layer.launcher(),
                Map.of(
                    "AWS_LAMBDA_RUNTIME_API",
                    platform.address(),
                    "PUSHER_EARLY_START",
                    earlyStart,
                    "ASAN_OPTIONS",
                    "detect_leaks=0"))) {
      assertThat(launcher.awaitExit()).as(seed).isIn(0, 1);
      assertThat(launcher.linesPrinted())
          .as(seed)
          .allMatch(line -> line.startsWith("log-shipper: "));
    }
  }

  /// The registration succeeds in half of the cases.
  private static List<byte[]> responses(Random random) {
    List<byte[]> responses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String intact = RESPONSES.get(i == 0 ? 0 : random.nextInt(RESPONSES.size()));
      String response = random.nextBoolean() ? intact : damaged(intact, random);
      responses.add(response.getBytes(ISO_8859_1));
    }
    return responses;
  }

  private static String damaged(String response, Random random) {
    StringBuilder text = new StringBuilder(response);
    for (int fault = random.nextInt(3); fault >= 0; fault--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
        case 2 -> text.insert(at, (char) random.nextInt(256));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }
}
