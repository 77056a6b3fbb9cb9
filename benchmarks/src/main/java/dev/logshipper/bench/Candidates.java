package dev.logshipper.bench;

import dev.logshipper.bench.Candidate.Role;
import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.environment.BashExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes what a run measures, the baselines first.
final class Candidates {
  private static final BundledSink ANY = BundledSink.named("http");

  private Candidates() {}

  /// @param work an empty folder for the extensions that are made here
  static List<Candidate> of(Settings settings, Path work) throws IOException, InterruptedException {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(new Candidate("no extension", Role.NONE, null, ANY, Map.of()));
    Path bash =
        new BashExtension(Files.createDirectory(work.resolve("bash"))).writeQuiet("bare-bash");
    candidates.add(new Candidate("bare bash", Role.BASH_FLOOR, bash, ANY, Map.of()));
    Path jvm = BareJvm.write(settings.layer(), Files.createDirectory(work.resolve("jvm")));
    candidates.add(new Candidate("bare JVM", Role.JVM_FLOOR, jvm, ANY, Map.of()));
    for (String mode : settings.sinks()) {
      Candidate layer = layer(settings.layer(), BundledSink.named(mode));
      candidates.add(layer);
      candidates.add(startingEarly(layer));
    }
    for (Against against : settings.against()) {
      candidates.add(other(against, work));
    }
    return candidates;
  }

  private static Candidate layer(Path layer, BundledSink sink) {
    Map<String, String> environment = new HashMap<>(sink.environment("{url}"));
    environment.put("PUSHER_MODE", sink.mode());
    return new Candidate(sink.mode(), Role.LAYER, layer.resolve("extensions"), sink, environment);
  }

  private static Candidate startingEarly(Candidate layer) {
    Map<String, String> environment = new HashMap<>(layer.environment());
    environment.put("PUSHER_EARLY_START", "true");
    return new Candidate(
        layer.name() + ", early start",
        Role.EARLY_START,
        layer.extensions(),
        layer.sink(),
        environment);
  }

  private static Candidate other(Against against, Path work) throws IOException {
    Path extensions = against.path();
    if (!Files.isDirectory(extensions)) {
      extensions = Files.createTempDirectory(work, "against-");
      Files.createSymbolicLink(extensions.resolve(against.name()), against.path());
    }
    return new Candidate(
        against.name(),
        Role.OTHER,
        extensions,
        BundledSink.named(against.destination()),
        against.environment());
  }
}
