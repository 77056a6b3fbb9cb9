package dev.logshipper.bench;

import dev.logshipper.bundle.BundledSink;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An extension that is measured.
///
/// @param extensions the folder whose files are executed; null where there is none
/// @param sink the kind of destination that it sends to
/// @param environment its variables; `{url}` stands for the destination
record Candidate(
    String name,
    Role role,
    @Nullable Path extensions,
    BundledSink sink,
    Map<String, String> environment) {

  /// What it is there for.
  enum Role {
    /// No extension at all: what a cold start is compared with.
    NONE,
    /// What any extension costs.
    BASH_FLOOR,
    /// What any extension in Java costs.
    JVM_FLOOR,
    /// Ours.
    LAYER,
    /// Ours with `PUSHER_EARLY_START`, which matters to cold starts alone.
    EARLY_START,
    /// Somebody else's.
    OTHER
  }

  Candidate {
    environment = Map.copyOf(environment);
  }

  /// Whether it sends what it gets.
  boolean ships() {
    return role == Role.LAYER || role == Role.OTHER;
  }

  /// Whether more than its cold start is of interest.
  boolean lives() {
    return extensions != null && role != Role.EARLY_START;
  }

  /// Whether it is there to compare others with.
  boolean isBaseline() {
    return role == Role.NONE || role == Role.BASH_FLOOR || role == Role.JVM_FLOOR;
  }
}
