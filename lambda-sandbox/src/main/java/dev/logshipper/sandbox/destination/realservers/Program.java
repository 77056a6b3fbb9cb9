package dev.logshipper.sandbox.destination.realservers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A server that is not part of the build. A variable holds the path of its installation.
///
/// ```java
/// Optional<String> absence = Program.LOKI.absence(System.getenv());
/// assumeTrue(absence.isEmpty(), () -> absence.orElse(""));
/// ```
public enum Program {
  LOKI("LOKI_BIN", "the program of Grafana Loki 3"),
  MINIO("MINIO_BIN", "the program of MinIO"),
  VERSITYGW("VERSITYGW_BIN", "the program of Versity's S3 gateway"),
  MOTO("MOTO_SERVER", "moto_server, as pip installs it");

  private final String variable;
  private final String description;

  Program(String variable, String description) {
    this.variable = variable;
    this.description = description;
  }

  /// The reason why it cannot be started here, for skipping a test; empty if it can.
  public Optional<String> absence(Map<String, String> environment) {
    String path = environment.getOrDefault(variable, "");
    if (path.isEmpty()) {
      return Optional.of("skipped: set " + variable + " to the path of " + description);
    }
    return Files.isRegularFile(Path.of(path)) && Files.isExecutable(Path.of(path))
        ? Optional.empty()
        : Optional.of(
            "skipped: " + variable + "=" + path + " cannot be executed; expected " + description);
  }

  /// Its path on this machine.
  ///
  /// @throws IllegalStateException with the reason when it cannot be started
  Path path() {
    Map<String, String> environment = System.getenv();
    Optional<String> absence = absence(environment);
    if (absence.isPresent()) {
      throw new IllegalStateException(absence.get());
    }
    return Path.of(environment.getOrDefault(variable, "")).toAbsolutePath();
  }
}
