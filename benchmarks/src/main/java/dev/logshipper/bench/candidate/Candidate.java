package dev.logshipper.bench.candidate;

import dev.logshipper.bundle.BundledSink;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An extension to measure.
///
/// @param extensions the folder whose files are executed; null for no extension
/// @param sink the kind of destination
/// @param environment its variables; `{url}` stands for the destination
public record Candidate(
    String name,
    Role role,
    @Nullable Path extensions,
    BundledSink sink,
    Map<String, String> environment) {

  /// The role in the comparison.
  public enum Role {
    /// No extension: the baseline of cold starts.
    NONE,
    /// The cost of any extension.
    BASH_FLOOR,
    /// The cost of any extension in Java.
    JVM_FLOOR,
    /// The layer.
    LAYER,
    /// The layer with `PUSHER_EARLY_START=false`, which affects cold starts only.
    WAITED_FOR,
    /// Another extension.
    OTHER
  }

  public Candidate {
    environment = Map.copyOf(environment);
  }

  /// Whether it sends logs.
  public boolean ships() {
    return role == Role.LAYER || role == Role.OTHER;
  }

  /// Whether invocations are measured, not only cold starts.
  public boolean isInvoked() {
    return extensions != null && role != Role.WAITED_FOR;
  }

  /// Whether it is only there for comparison.
  public boolean isBaseline() {
    return role == Role.NONE || role == Role.BASH_FLOOR || role == Role.JVM_FLOOR;
  }
}
