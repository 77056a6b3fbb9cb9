package dev.logshipper.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The running launcher.
///
/// @param startedNanos on the scale of `System.nanoTime()`
record LauncherProcess(Process process, long startedNanos) implements AutoCloseable {
  private static final int STANDARD_ERROR_BYTES_MAX = 60_000;

  static LauncherProcess start(Path launcher, FakeExtensionsApi api) throws IOException {
    return start(launcher, Map.of("AWS_LAMBDA_RUNTIME_API", api.address()));
  }

  /// Starts it as the platform does: by its path, without arguments, with nothing but this
  /// environment. No `PATH`, so that any program it would use is missing.
  static LauncherProcess start(Path launcher, Map<String, String> environment) throws IOException {
    return start(List.of(launcher.toString()), environment);
  }

  /// Starts it through other programs.
  static LauncherProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> given = builder.environment();
    given.clear();
    given.putAll(environment);
    given.putIfAbsent("PATH", "/nonexistent");
    long startedNanos = System.nanoTime();
    return new LauncherProcess(builder.start(), startedNanos);
  }

  static Map<String, String> environment(FakeExtensionsApi api, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    return environment;
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the launcher is still running");
    }
    return process.exitValue();
  }

  /// The output of the launcher and its children, once all of them have exited.
  List<String> linesPrinted() throws IOException {
    byte[] printed = process.getErrorStream().readNBytes(STANDARD_ERROR_BYTES_MAX);
    return new String(printed, StandardCharsets.UTF_8).lines().toList();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
