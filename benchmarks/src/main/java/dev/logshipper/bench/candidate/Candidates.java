package dev.logshipper.bench.candidate;

import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.environment.BashExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Builds the candidates of a run, the floors first.
public final class Candidates {
  private static final BundledSink ANY = BundledSink.named("http");

  private static final Map<String, String> LEVEL = Map.of("PUSHER_MIN_LEVEL", "info");
  private static final Map<String, String> REDACTED = Map.of("PUSHER_REDACT", "card,email,aws-key");

  /// Settings whose cost per line is measured, by sink.
  private static final Map<String, List<Variant>> VARIANTS =
      Map.of(
          "kinesis",
          List.of(new Variant("gzip", Map.of("PUSHER_KINESIS_GZIP", "true"))),
          "http",
          List.of(
              new Variant("minimum level", LEVEL),
              new Variant("three kinds redacted", REDACTED),
              new Variant("both", both(LEVEL, REDACTED)),
              new Variant("expression", Map.of("PUSHER_EXCLUDE", "health|ready\\d+")),
              new Variant("sample of 100 %", Map.of("PUSHER_SAMPLE_PERCENT", "100")),
              new Variant("level lifted", Map.of("PUSHER_LIFT", "level"))));

  private record Variant(String name, Map<String, String> settings) {}

  private Candidates() {}

  /// Builds the candidates.
  ///
  /// @param layer the folder of the unpacked layer
  /// @param baseline the folder of an earlier layer; null for none
  /// @param sinks the layers' sinks to measure
  /// @param work an empty folder for the floors
  public static List<Candidate> of(
      Path layer,
      @Nullable Path baseline,
      List<String> sinks,
      List<OtherExtension> others,
      Path work)
      throws IOException, InterruptedException {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(new Candidate("no extension", Role.NONE, null, ANY, Map.of()));
    Path bash =
        new BashExtension(Files.createDirectory(work.resolve("bash"))).writeQuiet("bare-bash");
    candidates.add(new Candidate("bare bash", Role.BASH_FLOOR, bash, ANY, Map.of()));
    Path jvm = BareJvm.write(layer, Files.createDirectory(work.resolve("jvm")));
    candidates.add(new Candidate("bare JVM", Role.JVM_FLOOR, jvm, ANY, Map.of()));
    for (String mode : sinks) {
      candidates.addAll(layers(layer, baseline, BundledSink.named(mode)));
    }
    for (OtherExtension other : others) {
      candidates.add(other(other, work));
    }
    return candidates;
  }

  private static List<Candidate> layers(Path layer, @Nullable Path baseline, BundledSink sink) {
    List<Candidate> all = new ArrayList<>();
    all.add(layer("", Role.LAYER, layer, sink, Map.of()));
    if (baseline != null) {
      all.add(layer(", baseline", Role.BASELINE, baseline, sink, Map.of()));
    }
    Map<String, String> waiting = Map.of("PUSHER_EARLY_START", "false");
    all.add(layer(", init waits", Role.WAITED_FOR, layer, sink, waiting));
    VARIANTS
        .getOrDefault(sink.mode(), List.of())
        .forEach(variant ->
            all.add(layer(", " + variant.name(), Role.VARIANT, layer, sink, variant.settings())));
    return all;
  }

  private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
    Map<String, String> all = new HashMap<>(one);
    all.putAll(other);
    return all;
  }

  private static Candidate layer(
      String suffix, Role role, Path layer, BundledSink sink, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(sink.environment("{url}"));
    environment.put("PUSHER_MODE", sink.mode());
    environment.putAll(settings);
    return new Candidate(
        sink.mode() + suffix, role, layer.resolve("extensions"), sink, environment);
  }

  private static Candidate other(OtherExtension other, Path work) throws IOException {
    Path extensions = other.path();
    if (!Files.isDirectory(extensions)) {
      extensions = Files.createTempDirectory(work, "other-");
      Files.createSymbolicLink(extensions.resolve(other.name()), other.path());
    }
    return new Candidate(
        other.name(),
        Role.OTHER,
        extensions,
        BundledSink.named(other.destination()),
        other.environment());
  }
}
