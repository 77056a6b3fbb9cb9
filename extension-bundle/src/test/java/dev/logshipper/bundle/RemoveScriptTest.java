package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.ScriptsCopy.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `scripts/remove`, against a stand-in for the `aws` command.
class RemoveScriptTest {
  private static final String DELETE = "delete-layer-version";
  private static final String LIST = "list-layer-versions";
  private static final String DENIED = "An error occurred (AccessDeniedException): not allowed\n";
  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:layer:logs:3";

  @TempDir Path folder;
  ScriptsCopy scripts;

  @BeforeEach
  void copy() throws IOException {
    scripts = ScriptsCopy.in(folder);
  }

  @Test
  void arnNamesItsRegionAndAccount() throws Exception {
    String other = "arn:aws-cn:lambda:cn-north-1:123456789012:layer:logs:12";

    Run run = scripts.run("remove", "--yes", ARN, other, "--profile", "team");

    assertThat(run.status()).isZero();
    assertThat(run.errors())
        .containsExactly(
            "remove: eu-west-1: removed logs:3", "remove: cn-north-1: removed logs:12");
    assertThat(scripts.calls())
        .containsExactly(
            List.of(
                "lambda",
                DELETE,
                "--layer-name",
                "arn:aws:lambda:eu-west-1:123456789012:layer:logs",
                "--version-number",
                "3",
                "--region",
                "eu-west-1",
                "--profile",
                "team",
                "--output",
                "text"),
            List.of(
                "lambda",
                DELETE,
                "--layer-name",
                "arn:aws-cn:lambda:cn-north-1:123456789012:layer:logs",
                "--version-number",
                "12",
                "--region",
                "cn-north-1",
                "--profile",
                "team",
                "--output",
                "text"));
  }

  @Test
  void versionsAreRemovedInEachRegion() throws Exception {
    Run run =
        scripts.run(
            "remove",
            "--name",
            "logs",
            "--version",
            "3,4",
            "--region",
            "eu-west-1,eu-west-2",
            "--yes");

    assertThat(run.status()).isZero();
    assertThat(removed())
        .containsExactly("eu-west-1 3", "eu-west-1 4", "eu-west-2 3", "eu-west-2 4");
  }

  @Test
  void allVersionsButTheNewestAreRemovedHoweverTheyAreListed() throws Exception {
    scripts.respond(LIST, "eu-west-1", "9\t10\t1\n11\t2\n");
    scripts.respond(LIST, "eu-west-2", "3\t2\n");
    scripts.respond(LIST, "eu-west-3", "\n");

    Run run =
        scripts.run(
            "remove",
            "--name",
            "logs",
            "--keep",
            "2",
            "--yes",
            "--region",
            "eu-west-1,eu-west-2,eu-west-3");

    assertThat(run.status()).isZero();
    assertThat(removed()).containsExactly("eu-west-1 9", "eu-west-1 2", "eu-west-1 1");
    assertThat(run.errors())
        .endsWith(
            "remove: eu-west-2: logs has no more than 2 versions",
            "remove: eu-west-3: logs has no more than 2 versions");
  }

  @Test
  void keepingNoneRemovesAll() throws Exception {
    scripts.respond(LIST, "eu-west-1", "2\t1\n");

    scripts.run("remove", "--name", "logs", "--keep", "0", "--yes", "--region", "eu-west-1");

    assertThat(removed()).containsExactly("eu-west-1 2", "eu-west-1 1");
  }

  @Test
  void failuresAreReportedAndTheOtherVersionsAreRemoved() throws Exception {
    scripts.fail(DELETE, "us-east-1", DENIED);

    Run run =
        scripts.run(
            "remove",
            "--name",
            "logs",
            "--version",
            "3",
            "--region",
            "us-east-1,eu-west-1",
            "--yes");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .containsExactly(
            "remove: us-east-1: " + DENIED.strip(),
            "remove: eu-west-1: removed logs:3",
            "remove: failed: logs:3 in us-east-1");
  }

  @Test
  void regionWhoseVersionsCannotBeListedIsReported() throws Exception {
    scripts.fail(LIST, "us-east-1", DENIED);
    scripts.respond(LIST, "eu-west-1", "2\t1\n");

    Run run =
        scripts.run(
            "remove", "--name", "logs", "--keep", "1", "--region", "us-east-1,eu-west-1", "--yes");

    assertThat(run.status()).isEqualTo(1);
    assertThat(removed()).containsExactly("eu-west-1 1");
    assertThat(run.errors()).endsWith("remove: failed: logs in us-east-1");
  }

  @Test
  void dryRunRemovesNothingAndPrintsTheCommands() throws Exception {
    Run dry = scripts.run("remove", ARN, "--dry-run", "--yes", "--profile", "my team");
    assertThat(dry.status()).isZero();
    assertThat(dry.errors()).isEmpty();
    assertThat(scripts.calls()).isEmpty();

    scripts.runInShell(dry.output());
    scripts.run("remove", ARN, "--yes", "--profile", "my team");

    assertThat(scripts.calls()).hasSize(2);
    assertThat(scripts.calls().getFirst()).isEqualTo(scripts.calls().getLast());
  }

  @Test
  void dryRunThatKeepsSomeOnlyListsVersions() throws Exception {
    scripts.respond(LIST, "eu-west-1", "3\t2\t1\n");

    Run run =
        scripts.run(
            "remove", "--name", "logs", "--keep", "2", "--region", "eu-west-1", "--dry-run");

    assertThat(run.output())
        .containsExactly(
            "aws lambda delete-layer-version --layer-name logs --version-number 1"
                + " --region eu-west-1 --output text");
    assertThat(scripts.calls()).hasSize(1);
    assertThat(scripts.calls().getFirst()).startsWith("lambda", LIST, "--layer-name", "logs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--yes|nothing to remove: expected an ARN, or --name with --version or --keep",
        ARN + "|nothing removed: expected --yes, or --dry-run",
        "--yes arn:aws:lambda:eu-west-1:123456789012:layer:logs|is not a layer version: expected arn:aws:",
        "--yes arn:aws:s3:::bucket|is not a layer version",
        "--yes " + ARN + " --name logs|an ARN names layer, version and region",
        "--yes " + ARN + " --region eu-west-1|an ARN names layer, version and region",
        "--yes --version 3 --region eu-west-1|'' is not a layer's name",
        "--yes --name logs --version 3|no region",
        "--yes --name logs --version 0 --region eu-west-1|'0' is not a version",
        "--yes --name logs --version 1,x --region eu-west-1|'x' is not a version",
        "--yes --name logs --keep two --region eu-west-1|'two' is not a number of versions",
        "--yes --name logs --keep 08 --region eu-west-1|'08' is not a number of versions",
        "--yes --name logs --keep 1 --version 2 --region eu-west-1|exclude each other",
        "--yes --name logs --keep --region|--keep needs a value",
        "--all|unknown option '--all'",
      })
  void invalidInputPrintsOneLineAndCallsNothing(String arguments, String message) throws Exception {
    scripts.runRejected("remove", message, arguments.split(" ", -1));
  }

  @Test
  void helpNamesEveryOption() throws Exception {
    Run run = scripts.run("remove", "--help");

    assertThat(run.status()).isZero();
    assertThat(String.join("\n", run.output()))
        .contains("--name", "--version", "--keep", "--region", "--profile", "--yes", "--dry-run");
  }

  /// Region and version of each call that removes.
  private List<String> removed() throws IOException {
    return scripts.calls().stream()
        .filter(call -> call.get(1).equals(DELETE))
        .map(call -> call.get(call.indexOf("--region") + 1) + " " + call.get(5))
        .toList();
  }
}
