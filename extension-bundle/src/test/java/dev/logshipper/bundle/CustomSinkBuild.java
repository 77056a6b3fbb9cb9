package dev.logshipper.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `examples/custom-sink` as a third party builds it: copied out of the repository and built by
/// Maven alone, with a local repository in which the required modules are installed. The repository
/// is kept between runs, so that only the first downloads anything.
public record CustomSinkBuild(Path folder) {
  private static final Path EXAMPLE = Path.of("../examples/custom-sink");
  private static final String VERSION = System.getProperty("project.version", "");
  private static final long MINUTES_MAX = 8;

  public CustomSinkBuild() {
    this(Path.of("target/custom-sink").toAbsolutePath());
  }

  /// Builds it from scratch and runs its tests.
  ///
  /// @return its layer
  /// @throws AssertionError with Maven's output when the build fails
  public Path layer() throws IOException, InterruptedException {
    copy();
    new FileTree(repository().resolve("dev/logshipper")).delete();
    install("log-shipper", Path.of("../pom.xml"), ".pom");
    install("core", "log-shipper-core");
    install("lambda-sandbox", "log-shipper-sandbox");
    install("sink-testkit", "log-shipper-sink-testkit");
    Files.writeString(settings(), settingsText());
    run();
    return project().resolve("target/otlp-sink-layer.zip");
  }

  /// The report of its tests.
  public Path testReports() {
    return project().resolve("target/surefire-reports");
  }

  private Path project() {
    return folder.resolve("project");
  }

  private Path repository() {
    return folder.resolve("repository");
  }

  private Path settings() {
    return folder.resolve("settings.xml");
  }

  private void copy() throws IOException {
    new FileTree(project()).delete();
    new FileTree(EXAMPLE.resolve("src")).copyTo(project().resolve("src"));
    for (String file : List.of("pom.xml", "README.md")) {
      Files.copy(EXAMPLE.resolve(file), project().resolve(file));
    }
  }

  private void install(String module, String artifact) throws IOException {
    Path source = Path.of("..", module);
    install(artifact, source.resolve("pom.xml"), ".pom");
    install(artifact, source.resolve("target/" + artifact + "-" + VERSION + ".jar"), ".jar");
  }

  private void install(String artifact, Path file, String ending) throws IOException {
    Path folder = repository().resolve("dev/logshipper").resolve(artifact).resolve(VERSION);
    Files.createDirectories(folder);
    Files.copy(file, folder.resolve(artifact + "-" + VERSION + ending));
  }

  /// Reuses the downloads of this build. Passed as global settings, so that the user's settings,
  /// with their mirrors and proxies, still apply.
  private static String settingsText() {
    return """
    <settings>
      <profiles>
        <profile>
          <id>downloaded</id>
          <repositories><repository>%1$s</repository></repositories>
          <pluginRepositories><pluginRepository>%1$s</pluginRepository></pluginRepositories>
        </profile>
      </profiles>
      <activeProfiles><activeProfile>downloaded</activeProfile></activeProfiles>
    </settings>
    """
        .formatted(
            """
            <id>downloaded</id>
            <url>%s</url>
            <releases><checksumPolicy>ignore</checksumPolicy></releases>
            <snapshots><enabled>false</enabled></snapshots>
            """
                .formatted(Path.of(System.getProperty("maven.localRepository", "")).toUri()));
  }

  private void run() throws IOException, InterruptedException {
    Path log = folder.resolve("build.log");
    Process maven =
        new ProcessBuilder(command())
            .directory(project().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = maven.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
    if (!ended) {
      maven.descendants().forEach(ProcessHandle::destroyForcibly);
      maven.destroyForcibly().waitFor();
    }
    if (!ended || maven.exitValue() != 0) {
      throw new AssertionError(
          (ended ? "the build failed: " : "the build was not done in time: ")
              + String.join(" ", command())
              + "\n"
              + Files.readString(log));
    }
  }

  private List<String> command() {
    return List.of(
        System.getProperty("maven.home", "") + "/bin/mvn",
        "-B",
        "-ntp",
        "-gs",
        settings().toString(),
        "-Dmaven.repo.local=" + repository(),
        "package");
  }
}
