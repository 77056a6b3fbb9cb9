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

/// Builds the candidates of a run, baselines first.
public final class Candidates {
  private static final BundledSink ANY = BundledSink.named("http");

  private Candidates() {}

  /// Builds the candidates.
  ///
  /// @param layer the folder of the unpacked layer
  /// @param sinks the layer's sinks to measure
  /// @param work an empty folder for the baselines
  public static List<Candidate> of(
      Path layer, List<String> sinks, List<OtherExtension> others, Path work)
      throws IOException, InterruptedException {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(new Candidate("no extension", Role.NONE, null, ANY, Map.of()));
    Path bash =
        new BashExtension(Files.createDirectory(work.resolve("bash"))).writeQuiet("bare-bash");
    candidates.add(new Candidate("bare bash", Role.BASH_FLOOR, bash, ANY, Map.of()));
    Path jvm = BareJvm.write(layer, Files.createDirectory(work.resolve("jvm")));
    candidates.add(new Candidate("bare JVM", Role.JVM_FLOOR, jvm, ANY, Map.of()));
    for (String mode : sinks) {
      Candidate shipped = shipped(layer, BundledSink.named(mode));
      candidates.add(shipped);
      candidates.add(waitedFor(shipped));
    }
    for (OtherExtension other : others) {
      candidates.add(other(other, work));
    }
    return candidates;
  }

  private static Candidate shipped(Path layer, BundledSink sink) {
    Map<String, String> environment = new HashMap<>(sink.environment("{url}"));
    environment.put("PUSHER_MODE", sink.mode());
    return new Candidate(sink.mode(), Role.LAYER, layer.resolve("extensions"), sink, environment);
  }

  private static Candidate waitedFor(Candidate shipped) {
    Map<String, String> environment = new HashMap<>(shipped.environment());
    environment.put("PUSHER_EARLY_START", "false");
    return new Candidate(
        shipped.name() + ", init waits",
        Role.WAITED_FOR,
        shipped.extensions(),
        shipped.sink(),
        environment);
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
