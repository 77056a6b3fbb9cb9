package dev.logshipper.bench.candidate;

import dev.logshipper.bundle.BundledSink;
import java.nio.file.Path;
import java.util.List;
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
    /// No extension: the reference of cold starts.
    NONE,
    /// The cost of any extension.
    BASH_FLOOR,
    /// The cost of any extension in Java.
    JVM_FLOOR,
    /// The layer.
    LAYER,
    /// The layer of an earlier commit.
    BASELINE,
    /// The layer with `PUSHER_EARLY_START=false`, which affects cold starts only.
    WAITED_FOR,
    /// The layer with further settings, measured by its volume only.
    VARIANT,
    /// Another extension.
    OTHER
  }

  public Candidate {
    environment = Map.copyOf(environment);
  }

  /// Whether its role is one of these.
  public boolean is(Role... roles) {
    return List.of(roles).contains(role);
  }

  /// Whether it is a layer of this project, whatever its age and settings.
  public boolean isLayer() {
    return is(Role.LAYER, Role.BASELINE, Role.WAITED_FOR, Role.VARIANT);
  }

  /// Whether it sends logs.
  public boolean ships() {
    return isLayer() || role == Role.OTHER;
  }

  /// Whether invocations of all kinds are measured.
  public boolean isInvoked() {
    return is(Role.BASH_FLOOR, Role.JVM_FLOOR, Role.LAYER, Role.BASELINE, Role.OTHER);
  }

  /// Whether it shows the cost of any extension.
  public boolean isFloor() {
    return is(Role.NONE, Role.BASH_FLOOR, Role.JVM_FLOOR);
  }
}
