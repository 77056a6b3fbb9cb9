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
  S3PROXY("S3PROXY_JAR", "the jar of s3proxy with its dependencies"),
  MOTO("MOTO_SERVER", "moto_server, as pip installs it"),
  LOCALSTACK("LOCALSTACK_SUPERVISOR", "localstack-supervisor, as pip installs it"),
  CADDY("CADDY_BIN", "the program of Caddy 2"),
  TRAEFIK("TRAEFIK_BIN", "the program of Traefik 3"),
  ENVOY("ENVOY_BIN", "the program of Envoy"),
  NGINX("NGINX_BIN", "the program of nginx"),
  HAPROXY("HAPROXY_BIN", "the program of HAProxy");

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
    return Files.isRegularFile(Path.of(path)) && canBeRun(Path.of(path))
        ? Optional.empty()
        : Optional.of(
            "skipped: " + variable + "=" + path + " cannot be executed; expected " + description);
  }

  /// A jar needs no permission: Java executes it.
  private static boolean canBeRun(Path path) {
    return path.toString().endsWith(".jar") || Files.isExecutable(path);
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
