package dev.logshipper.bundle;

import dev.logshipper.sandbox.Invocation;
import dev.logshipper.sandbox.LogFormat;
import dev.logshipper.sandbox.Sandbox;
import dev.logshipper.sandbox.SandboxBuilder;
import dev.logshipper.sandbox.ShutdownOutcome;
import dev.logshipper.sandbox.destination.Answer;
import dev.logshipper.sandbox.destination.HttpDestination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes the AOT cache: the layer itself, with a launcher that differs in one flag, ships the logs
/// of a short life of a function through every bundled sink. The JVM writes the cache when it ends.
final class TrainingRun {
  private static final String USES_CACHE = "-XX:AOTCache=";
  private static final String MAKES_CACHE = "-XX:AOTCacheOutput=";
  private static final String CACHE = "log-shipper/cache/log-shipper.aot";
  private static final int INVOCATIONS = 6;
  private static final int LINES_EACH = 40;
  private static final long END_OF_JVM_MILLIS_MAX = 120_000;
  private static final long FUNCTION_MILLIS_MAX = 30_000;

  private TrainingRun() {}

  /// @param layer gets the cache
  /// @param copy where the run takes place; it is left for those who want to look
  static void train(Path layer, Path copy) throws IOException, InterruptedException {
    new FileTree(copy).delete();
    new FileTree(layer).copyTo(copy);
    Path launcher = copy.resolve("extensions/log-shipper");
    String text = Files.readString(launcher);
    if (!text.contains(USES_CACHE)) {
      throw new IllegalStateException("the launcher does not say " + USES_CACHE);
    }
    Files.writeString(launcher, text.replace(USES_CACHE, MAKES_CACHE));
    Files.createDirectories(copy.resolve(CACHE).getParent());

    List<HttpDestination> destinations = new ArrayList<>();
    try {
      live(copy, destinations);
    } finally {
      destinations.forEach(HttpDestination::close);
    }
    Files.createDirectories(layer.resolve(CACHE).getParent());
    Files.copy(copy.resolve(CACHE), layer.resolve(CACHE));
  }

  private static void live(Path copy, List<HttpDestination> destinations)
      throws IOException, InterruptedException {
    SandboxBuilder builder = Sandbox.builder();
    List<String> modes = new ArrayList<>();
    TrustStore trusted = new TrustStore();
    for (BundledSink sink : BundledSink.ALL) {
      HttpDestination destination = HttpDestination.startTls();
      destinations.add(destination);
      destination.answerNext(Answer.status(503)); // so that a retry is in the cache as well
      trusted.add(destination.certificatePem());
      modes.add(sink.mode());
      builder.environment(sink.trainingEnvironment(destination.url()));
    }
    Files.write(
        copy.resolve("log-shipper/jvm.options"),
        trusted.writeTo(copy.resolve("trusted.p12")),
        StandardOpenOption.APPEND);
    Sandbox sandbox =
        builder
            .extensions(copy.resolve("extensions"))
            .environment(Map.of("PUSHER_MODE", String.join(",", modes)))
            .function(TrainingRun::handle)
            .logFormat(LogFormat.JSON)
            .freeze(false)
            .timeoutMillis(FUNCTION_MILLIS_MAX)
            .shutdownWindowMillis(END_OF_JVM_MILLIS_MAX)
            .start();
    try (sandbox) {
      for (int invocation = 0; invocation < INVOCATIONS; invocation++) {
        must(sandbox.invoke("{}").succeeded(), "an invocation failed", sandbox);
        if (invocation % 2 == 1) {
          sandbox.freeze();
        }
      }
      ShutdownOutcome end = sandbox.shutdown("spindown");
      boolean wellEnded =
          end.extensions().stream().allMatch(each -> !each.killed() && each.exitCode() == 0);
      must(wellEnded, "the extension did not end by itself", sandbox);
    }
    for (HttpDestination destination : destinations) {
      int lines = destination.lines().size();
      must(lines >= INVOCATIONS * LINES_EACH, "a sink delivered " + lines + " lines", sandbox);
    }
    must(Files.exists(copy.resolve(CACHE)), "the JVM wrote no cache", sandbox);
  }

  /// What functions print: text, JSON, and now and then a stack trace.
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

  private static void must(boolean holds, String otherwise, Sandbox sandbox) {
    if (!holds) {
      throw new IllegalStateException(
          "training: " + otherwise + "; the extension said: " + sandbox.extensionOutput());
    }
  }
}
