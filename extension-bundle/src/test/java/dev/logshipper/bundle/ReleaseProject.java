package dev.logshipper.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A small project with `scripts/release`, in a git repository with a remote. Stand-ins replace the
/// programs that build, sign and upload: `mvn` writes the files that the real one would, and `gpg`
/// and `curl` record their calls.
final class ReleaseProject {
  static final String TOKEN = "A-secret-of-Maven-Central";
  static final String URL = "https://git.example.org/log-shipper";

  private static final String POM =
      """
      <project>
        <version>1.2.0-SNAPSHOT</version>
        <project.home>https://logshipper.dev</project.home>
      </project>
      """;
  private static final String CHANGELOG =
      """
      # Changelog

      ## Unreleased

      - Ships logs.
      """;
  private static final String LAYER =
      """
      #!/bin/bash
      target=${0%/*}/../extension-bundle/target
      mkdir -p "$target/layer/log-shipper"
      printf 'Java-Version: 25.0.3\\nJava-Vendor: A vendor\\n' >"$target/layer/log-shipper/manifest"
      echo layer >"$target/log-shipper-x86_64.zip"
      """;
  private static final String MVN =
      """
      #!/bin/bash
      for argument in "$@"; do
        case $argument in
          */pom.xml) source=${argument%/pom.xml} ;;
          -DaltDeploymentRepository=*) repository=${argument#*file://} ;;
        esac
      done
      if [[ ${repository:-} ]]; then
        mkdir -p "$repository/dev"
        cp "$source/core/pom.xml" "$repository/dev/core.pom"
        cp "$source/bom/pom.xml" "$repository/dev/bom.pom"
        touch "$repository/dev/core.jar" "$repository/dev/core-tests.jar" "$repository/dev/maven-metadata.xml"
      else
        mkdir -p "$source/extension-bundle/target"
        printf '{\\n  "components" : [\\n    {"name" : "re2j"}\\n  ]\\n}\\n' >"$source/extension-bundle/target/sbom.json"
      fi
      """;
  private static final String GPG =
      """
      #!/bin/bash
      echo "${@: -1}" >>"${0%/*}/signed"
      if [[ -f ${@: -1} ]]; then
        echo signature >"${@: -1}.asc"
      else # git sends the tag
        cat >/dev/null
        echo signature
        printf '\\n[GNUPG:] SIG_CREATED \\n' >&2
      fi
      """;
  private static final String CURL =
      """
      #!/bin/bash
      printf '%s\\n' "$@" >"${0%/*}/uploaded"
      cat >"${0%/*}/upload-options"
      echo 28570f16-da32-4c14-bd2e-c1acc0782365
      """;

  private final Path folder;
  private final Path root;

  private ReleaseProject(Path folder) {
    this.folder = folder;
    root = folder.resolve("the project");
  }

  static ReleaseProject in(Path folder) throws IOException, InterruptedException {
    ReleaseProject project = new ReleaseProject(folder);
    for (String script :
        List.of("release", "lib/release.sh", "lib/maven.sh", "lib/command-line.sh")) {
      Path copy = project.root.resolve("scripts").resolve(script);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of("../scripts").resolve(script), copy);
    }
    FakeLayer.executable(project.root.resolve("scripts/layer"), LAYER);
    for (String pom : List.of("pom.xml", "core/pom.xml", "bom/pom.xml")) {
      project.write(pom, POM);
    }
    project.write("core/api.txt", "Sink.send\nSink.close\n");
    project.write("CHANGELOG.md", CHANGELOG);
    project.write(".gitignore", "target/\n");
    project.write("target/jdk25", System.getProperty("java.home"));
    Files.createDirectories(folder.resolve("bin"));
    FakeLayer.executable(folder.resolve("bin/mvn"), MVN);
    FakeLayer.executable(folder.resolve("bin/gpg"), GPG);
    FakeLayer.executable(folder.resolve("bin/curl"), CURL);
    Run _ = project.call("git", "init", "--quiet", "--bare", "-b", "main", "../remote");
    Run _ = project.call("git", "init", "--quiet", "-b", "main");
    Run _ = project.call("git", "remote", "add", "origin", "../remote");
    project.commit("Begin");
    return project;
  }

  void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  void commit(String message) throws IOException, InterruptedException {
    Run _ = call("git", "add", "--all");
    Run _ = call("git", "commit", "--quiet", "--message", message);
  }

  /// Runs `scripts/release` with the token and the address of the repository.
  Run release(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(root + "/scripts/release"));
    command.addAll(List.of(arguments));
    return call(command.toArray(String[]::new));
  }

  String git(String... arguments) throws IOException, InterruptedException {
    String[] command =
        Stream.concat(Stream.of("git"), Arrays.stream(arguments)).toArray(String[]::new);
    return call(command).output().strip();
  }

  Path released(String file) {
    return root.resolve("target/release").resolve(file);
  }

  String read(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }

  /// A record of a stand-in; empty if it was not called.
  String recorded(String name) throws IOException {
    Path record = folder.resolve("bin").resolve(name);
    return Files.exists(record) ? Files.readString(record) : "";
  }

  Run call(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", "");
    Path errors = Files.createTempFile(folder, "errors", "");
    Files.createDirectories(root);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("CENTRAL_TOKEN", TOKEN);
    for (String role : List.of("AUTHOR", "COMMITTER")) {
      builder.environment().put("GIT_" + role + "_NAME", "A maintainer");
      builder.environment().put("GIT_" + role + "_EMAIL", "maintainer@example.org");
    }
    Process process = builder.start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(List.of(command) + " is still running");
    }
    return new Run(process.exitValue(), Files.readString(output), Files.readString(errors));
  }

  /// A finished command with its outputs.
  record Run(int status, String output, String errors) {}
}
