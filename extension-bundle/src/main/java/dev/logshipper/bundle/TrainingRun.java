package dev.logshipper.bundle;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.ShutdownOutcome;
import dev.logshipper.sandbox.environment.function.Invocation;
import dev.logshipper.sandbox.environment.function.LogFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Makes an AOT cache: the layer itself, without a cache and with one more flag for the JVM, ships
/// the logs of a short run of a function through some of its sinks. The JVM writes the cache when
/// it exits.
final class TrainingRun {
  private static final String CACHES = "log-shipper/cache";

  /// Common settings that are not the default, and short waits. Without an early start Java
  /// subscribes, so that the cache has the classes for that as well.
  private static final Map<String, String> SETTINGS =
      Map.of(
          "PUSHER_EARLY_START", "false",
          "PUSHER_HTTP_GZIP", "true",
          "PUSHER_S3_COMPRESSION", "gzip",
          "ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_MILLISECONDS", "500");

  // Long enough for an emulated processor.
  private static final Duration FIRST_SEND_MAX = Duration.ofMinutes(5);
  private static final long INIT_MILLIS_MAX = 120_000;
  private static final long END_OF_JVM_MILLIS_MAX = 600_000;

  private static final int INVOCATIONS = 6;
  private static final int LINES_EACH = 40;
  private static final long FUNCTION_MILLIS_MAX = 30_000;

  private TrainingRun() {}

  /// @param sinks that use the cache; its name lists them, by which the launcher chooses
  /// @param layer to which the cache is added
  /// @param copy folder of the run, kept for inspection
  static void train(List<BundledSink> sinks, Path layer, Path copy)
      throws IOException, InterruptedException {
    new FileTree(copy).delete();
    new FileTree(layer).copyTo(copy);
    new FileTree(copy.resolve(CACHES)).delete();
    String modes = sinks.stream().map(BundledSink::mode).collect(Collectors.joining("-"));
    Path made = copy.resolve(modes + ".aot");
    Files.write(
        copy.resolve("log-shipper/jvm.options"),
        List.of("-XX:AOTCacheOutput=" + made),
        StandardOpenOption.APPEND);

    List<Destination> destinations = new ArrayList<>();
    try {
      run(sinks, copy, destinations);
      mustExist(made);
    } finally {
      destinations.forEach(Destination::close);
    }
    Path caches = layer.resolve(CACHES);
    Files.createDirectories(caches);
    Files.copy(made, caches.resolve(made.getFileName()));
  }

  private static void run(List<BundledSink> sinks, Path copy, List<Destination> destinations)
      throws IOException, InterruptedException {
    SandboxBuilder builder = Sandbox.builder().environment(SETTINGS);
    List<String> modes = new ArrayList<>();
    TrustStore trusted = TrustStore.ofJdk();
    for (BundledSink sink : sinks) {
      Destination destination = sink.tls().get();
      destinations.add(destination);
      destination.respondNext(
          ScriptedResponse.status(503)); // so that a retry is in the cache as well
      trusted.add(destination.certificatePem());
      modes.add(sink.mode());
      builder.environment(sink.environment(destination.url()));
    }
    Files.write(
        copy.resolve("log-shipper/jvm.options"),
        trusted.writeTo(copy.resolve("trusted.jks")),
        StandardOpenOption.APPEND);
    Sandbox sandbox =
        builder
            .extensions(copy.resolve("extensions"))
            .environment(Map.of("PUSHER_MODE", String.join(",", modes)))
            .function(TrainingRun::handle)
            .logFormat(LogFormat.JSON)
            .freeze(false)
            .timeoutMillis(FUNCTION_MILLIS_MAX)
            .initTimeoutMillis(INIT_MILLIS_MAX)
            .shutdownWindowMillis(END_OF_JVM_MILLIS_MAX)
            .start();
    try (sandbox) {
      for (int invocation = 0; invocation < INVOCATIONS; invocation++) {
        must(sandbox.invoke("{}").succeeded(), "an invocation failed", sandbox);
        if (invocation == 0) {
          awaitFirstSends(destinations, sandbox);
        }
        if (invocation % 2 == 1) {
          sandbox.freeze();
        }
      }
      // So that a send during the shutdown is in the cache as well.
      sandbox.emit("function", "\"last line\"");
      ShutdownOutcome end = sandbox.shutdown("spindown");
      boolean wellEnded =
          end.extensions().stream().allMatch(each -> !each.killed() && each.exitCode() == 0);
      must(wellEnded, "the extension did not end by itself", sandbox);
    }
    for (Destination destination : destinations) {
      int lines = destination.lines().size();
      must(lines >= INVOCATIONS * LINES_EACH, "a sink delivered " + lines + " lines", sandbox);
    }
  }

  /// Without a cache, the first send may exceed the time that a shutdown allows.
  private static void awaitFirstSends(List<Destination> destinations, Sandbox sandbox) {
    for (Destination destination : destinations) {
      try {
        List<String> _ = destination.awaitLines(LINES_EACH, FIRST_SEND_MAX);
      } catch (AssertionError late) {
        must(false, destination.url() + " got " + late.getMessage(), sandbox);
      }
    }
  }

  /// Typical output of functions: text, JSON, and an occasional stack trace.
  private static void handle(Invocation invocation) {
    for (int line = 0; line < LINES_EACH; line++) {
      switch (line % 4) {
        case 0 -> invocation.logJson("{\"level\":\"INFO\",\"message\":\"order " + line + "\"}");
        case 1 -> invocation.log("WARN größer als 日本 \"quoted\" \\ and\ttabs");
        case 2 -> invocation.log("Exception: no\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)");
        default -> invocation.log("line " + line);
      }
    }
    invocation.respond("{\"ok\":true}");
  }

  private static void mustExist(Path cache) {
    if (!Files.exists(cache)) {
      throw new IllegalStateException("training: the JVM wrote no cache");
    }
  }

  private static void must(boolean holds, String otherwise, Sandbox sandbox) {
    if (!holds) {
      throw new IllegalStateException(
          "training: " + otherwise + "; the extension said: " + sandbox.extensionOutput());
    }
  }
}
