package dev.logshipper.examples.hello;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The built function as Lambda would run it: AWS's runtime client in a separate process, on the
/// JDK that runs the test, with the given environment variables only.
final class FunctionProcess implements AutoCloseable {
  private static final Path FOLDER =
      Path.of(Objects.requireNonNull(System.getProperty("function.folder"), "set by the build"));
  private static final int TELEMETRY_DESCRIPTOR = 3;

  private final Process process;
  private final Path output;
  private final Path frames;

  private FunctionProcess(Process process, Path output, Path frames) {
    this.process = process;
    this.output = output;
    this.frames = frames;
  }

  /// Logs to standard output, as under a custom runtime.
  static FunctionProcess start(Path folder, Map<String, String> environment) throws IOException {
    return start(folder, environment, List.of());
  }

  /// Logs in frames to a separate descriptor: the client's contract with the platform.
  static FunctionProcess startWithFrames(Path folder, Map<String, String> environment)
      throws IOException {
    Map<String, String> more = new HashMap<>(environment);
    more.put("_LAMBDA_TELEMETRY_LOG_FD", Integer.toString(TELEMETRY_DESCRIPTOR));
    // Only a shell can give a child a further descriptor.
    String redirect = "exec \"$@\" %d>frames".formatted(TELEMETRY_DESCRIPTOR);
    return start(folder, more, List.of("/bin/sh", "-c", redirect, "sh"));
  }

  private static FunctionProcess start(
      Path folder, Map<String, String> environment, List<String> prefix) throws IOException {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(prefix))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .command()
        .addAll(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                // For the frames: the client makes a descriptor from a number by reflection.
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-cp",
                FOLDER + "/*:" + FOLDER + "/lib/*",
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                "dev.logshipper.examples.hello.Hello::handleRequest"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new FunctionProcess(builder.start(), output, folder.resolve("frames"));
  }

  /// The lines printed so far to both streams. A handler's lines are printed before its response.
  List<String> lines() throws IOException {
    return Files.readAllLines(output, UTF_8);
  }

  /// The bytes written so far to the descriptor for frames.
  byte[] frames() throws IOException {
    return Files.readAllBytes(frames);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
