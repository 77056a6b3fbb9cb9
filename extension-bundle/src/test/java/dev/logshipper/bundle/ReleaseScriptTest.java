package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logshipper.bundle.ReleaseProject.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `scripts/release` with stand-ins for the programs that build, sign and upload.
class ReleaseScriptTest {
  private final JsonMapper json = new JsonMapper();
  private ReleaseProject project;

  @BeforeEach
  void create(@TempDir Path folder) throws IOException, InterruptedException {
    project = ReleaseProject.in(folder);
  }

  @Test
  void dryRunBuildsTheReleaseAndChangesNothing() throws IOException, InterruptedException {
    String head = project.git("rev-parse", "HEAD");

    Run run = project.release("1.2.0", "--dry-run", "--url", ReleaseProject.URL);

    assertThat(run.status()).as(run.errors()).isZero();
    assertThat(project.git("rev-parse", "HEAD")).isEqualTo(head);
    assertThat(project.git("status", "--porcelain")).isEmpty();
    assertThat(project.git("tag")).isEmpty();
    assertThat(project.recorded("uploaded")).isEmpty();
    assertThat(project.read("CHANGELOG.md")).contains("## Unreleased");
    assertThat(run.errors()).contains("no layer for arm64");
  }

  @Test
  void releaseHasItsVersionSumsPartsAndOrigin() throws IOException, InterruptedException {
    Run run = project.release("1.2.0", "--dry-run", "--url", ReleaseProject.URL);

    assertThat(run.status()).as(run.errors()).isZero();
    Path folder = project.released("1.2.0");
    assertThat(Files.readString(folder.resolve("maven/dev/bom.pom")))
        .contains("<version>1.2.0</version>", ReleaseProject.URL);
    assertThat(folder.resolve("maven/dev/core-tests.jar")).doesNotExist();
    assertThat(folder.resolve("maven/dev/maven-metadata.xml")).doesNotExist();
    assertThat(folder.resolve("log-shipper-1.2.0-central.zip")).isNotEmptyFile();
    JsonNode parts = json.readTree(folder.resolve("log-shipper-1.2.0.cdx.json").toFile());
    assertThat(parts.path("components").findValuesAsText("name"))
        .containsExactly("java-runtime", "re2j");
    JsonNode origin = json.readTree(folder.resolve("provenance.json").toFile());
    assertThat(origin.at("/predicate/buildDefinition/resolvedDependencies/0/digest/gitCommit"))
        .hasToString('"' + project.git("rev-parse", "HEAD") + '"');
    assertThat(origin.path("subject").findValuesAsText("name"))
        .contains("log-shipper-x86_64.zip", "log-shipper-1.2.0.cdx.json");
    assertThat(project.call("sh", "-c", "cd target/release/1.2.0 && sha256sum -c SHA256SUMS"))
        .extracting(Run::status)
        .isEqualTo(0);
  }

  @Test
  void releaseIsCommittedTaggedSignedUploadedAndPushed() throws IOException, InterruptedException {
    Run run = project.release("1.2.0", "--key", "ABCD", "--url", ReleaseProject.URL);

    assertThat(run.status()).as(run.errors()).isZero();
    assertThat(project.git("-C", "../remote", "log", "--format=%s"))
        .isEqualTo("Begin 1.2.1-SNAPSHOT\nRelease 1.2.0\nBegin");
    assertThat(project.git("-C", "../remote", "show", "v1.2.0:core/pom.xml"))
        .contains("<version>1.2.0</version>");
    assertThat(project.git("-C", "../remote", "show", "v1.2.0:CHANGELOG.md"))
        .contains("## 1.2.0, ")
        .doesNotContain("Unreleased");
    assertThat(project.read("pom.xml")).contains("<version>1.2.1-SNAPSHOT</version>");
    assertThat(project.read("CHANGELOG.md")).containsSubsequence("## Unreleased", "## 1.2.0, ");
    assertThat(project.recorded("signed")).contains("core.pom", "core.jar", "SHA256SUMS");
    assertThat(project.recorded("upload-options")).contains(ReleaseProject.TOKEN);
    assertThat(project.recorded("uploaded") + run.output() + run.errors())
        .contains("bundle=@")
        .doesNotContain(ReleaseProject.TOKEN);
  }

  @Test
  void patchReleaseMustNotRemoveFromTheApi() throws IOException, InterruptedException {
    project.git("tag", "v1.1.0");
    project.write("core/api.txt", "Sink.send\n");
    project.commit("Remove close");

    Run patch = project.release("1.1.1", "--dry-run", "--url", ReleaseProject.URL);
    Run minor = project.release("1.2.0", "--dry-run", "--url", ReleaseProject.URL);

    assertThat(patch.status()).isEqualTo(1);
    assertThat(patch.errors()).contains("1 lines of core/api.txt", "since v1.1.0");
    assertThat(minor.status()).isZero();
    assertThat(Files.readString(project.released("1.2.0/api-changes.diff")))
        .contains("-Sink.close");
  }

  @ParameterizedTest
  @CsvSource({
    "'', no version",
    "one, 'is not a version: expected one such as 1.2.0'",
    "1.2.0-SNAPSHOT, is not a version",
    "1.2.0 --sign, unknown option '--sign'",
    "1.2.0 --key, --key needs a value",
    "1.2.0 1.3.0, unexpected argument '1.3.0'",
    "1.2.0 --dry-run, 'origin has no https address: expected --url'",
    "1.2.0 --url https://git.example.org, Maven Central accepts signed files only",
    "1.2.0 --url https://git.example.org --layer no.zip, no.zip is not a layer of this project",
  })
  void wrongUsageGetsOneLine(String arguments, String message)
      throws IOException, InterruptedException {
    Run run = project.release(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors().lines())
        .singleElement()
        .asString()
        .startsWith("release: ")
        .contains(message)
        .endsWith("; see scripts/release --help");
    assertThat(project.released("")).doesNotExist();
  }

  @Test
  void changesThatAreNotCommittedAreNotReleased() throws IOException, InterruptedException {
    project.write("CHANGELOG.md", "changed");

    assertThat(project.release("1.2.0", "--dry-run").errors()).contains("expected a clean tree");
  }
}
