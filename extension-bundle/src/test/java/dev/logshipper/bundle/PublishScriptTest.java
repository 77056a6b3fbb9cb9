package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.ScriptsCopy.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `scripts/publish`, against a stand-in for the `aws` command.
class PublishScriptTest {
  private static final String PUBLISH = "publish-layer-version";
  private static final String PERMIT = "add-layer-version-permission";
  private static final String THROTTLED =
      "\nAn error occurred (TooManyRequestsException) when calling the PublishLayerVersion"
          + " operation (reached max retries: 4): Rate exceeded\n";

  @TempDir Path folder;
  ScriptsCopy scripts;

  @BeforeEach
  void copy() throws IOException {
    scripts = ScriptsCopy.in(folder).built("x86_64", 1000);
  }

  @Test
  void eachRegionGetsAVersionAndStandardOutputHasOnlyTheArns() throws Exception {
    Run run = scripts.run("publish", "--region", "eu-west-1,us-gov-east-1");

    assertThat(run.status()).isZero();
    assertThat(run.output())
        .containsExactly(
            ScriptsCopy.arn("eu-west-1", "log-shipper-x86_64"),
            ScriptsCopy.arn("us-gov-east-1", "log-shipper-x86_64"));
    assertThat(scripts.calls())
        .containsExactly(publishCall("eu-west-1"), publishCall("us-gov-east-1"));
  }

  @Test
  void regionsMayBeRepeatedAndEachGetsOneVersion() throws Exception {
    Run run =
        scripts.run(
            "publish", "--region", "eu-west-1,eu-west-1", "--region", "eu-west-1,eu-west-2");

    assertThat(run.output()).hasSize(2);
    assertThat(scripts.calls()).hasSize(2);
  }

  @Test
  void regionDefaultsToTheEnvironment() throws Exception {
    Run run = scripts.environment("AWS_REGION", "ap-south-1").run("publish");

    assertThat(run.output()).containsExactly(ScriptsCopy.arn("ap-south-1", "log-shipper-x86_64"));
  }

  @Test
  void profileAndNameArePassedOn() throws Exception {
    Run run =
        scripts.run("publish", "--region", "eu-west-1", "--profile", "my team", "--name", "logs");

    assertThat(run.output()).containsExactly(ScriptsCopy.arn("eu-west-1", "logs"));
    assertThat(scripts.calls().getFirst())
        .containsSubsequence("--layer-name", "logs", "--profile", "my team");
  }

  @Test
  void versionIsPrivateByDefault() throws Exception {
    scripts.run("publish", "--region", "eu-west-1");
    assertThat(scripts.calls()).hasSize(1);

    Run run = scripts.run("publish", "--region", "eu-west-1", "--public");

    assertThat(run.status()).isZero();
    assertThat(run.output()).containsExactly(ScriptsCopy.arn("eu-west-1", "log-shipper-x86_64"));
    assertThat(scripts.calls().getLast())
        .startsWith("lambda", PERMIT, "--layer-name", "log-shipper-x86_64")
        .containsSubsequence("--version-number", "7", "--statement-id", "public")
        .containsSubsequence("--action", "lambda:GetLayerVersion", "--principal", "*")
        .containsSubsequence("--region", "eu-west-1");
  }

  @Test
  void failedRegionIsReportedAndTheOthersArePublished() throws Exception {
    scripts.fail(PUBLISH, "us-east-1", THROTTLED);

    Run run = scripts.run("publish", "--region", "eu-west-1,us-east-1,eu-west-2");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output())
        .containsExactly(
            ScriptsCopy.arn("eu-west-1", "log-shipper-x86_64"),
            ScriptsCopy.arn("eu-west-2", "log-shipper-x86_64"));
    assertThat(run.errors())
        .contains("publish: us-east-1: " + THROTTLED.strip())
        .endsWith("publish: failed: us-east-1");
  }

  @Test
  void versionThatCannotBeMadePublicIsPrintedAndReported() throws Exception {
    scripts.fail(PERMIT, "eu-west-1", "An error occurred (AccessDenied): no\n");

    Run run = scripts.run("publish", "--region", "eu-west-1", "--public");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).containsExactly(ScriptsCopy.arn("eu-west-1", "log-shipper-x86_64"));
    assertThat(run.errors())
        .endsWith(
            "publish: eu-west-1: An error occurred (AccessDenied): no",
            "publish: eu-west-1: published, but not public",
            "publish: failed: eu-west-1");
  }

  @Test
  void outputWithoutAnArnIsAFailure() throws Exception {
    scripts.respond(PUBLISH, "eu-west-1", "None\n");

    Run run = scripts.run("publish", "--region", "eu-west-1", "--public");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).isEmpty();
    assertThat(scripts.calls()).hasSize(1);
  }

  @Test
  void onlyTheErrorLineOfAFailureIsPrinted() throws Exception {
    scripts.fail(
        PUBLISH,
        "eu-west-1",
        "An error occurred (InvalidSignatureException): no match\n\nx-amz-security-token:"
            + ScriptsCopy.SECRET
            + "\n");
    scripts.fail(PUBLISH, "eu-west-2", "\nUnable to locate credentials\n");
    scripts.fail(PUBLISH, "eu-west-3", "");

    Run run = scripts.run("publish", "--region", "eu-west-1,eu-west-2,eu-west-3");

    assertThat(run.errors())
        .contains(
            "publish: eu-west-1: An error occurred (InvalidSignatureException): no match",
            "publish: eu-west-2: Unable to locate credentials",
            "publish: eu-west-3: publish-layer-version failed, and aws gave no reason");
  }

  @Test
  void dryRunCallsNothingAndPrintsTheCommands() throws Exception {
    String[] arguments = {"--region", "eu-west-1,eu-west-2", "--profile", "it's mine", "--dry-run"};
    Run dry = scripts.run("publish", arguments);
    assertThat(dry.status()).isZero();
    assertThat(dry.errors()).isEmpty();
    assertThat(scripts.calls()).isEmpty();

    scripts.runInShell(dry.output());
    List<List<String>> printed = scripts.calls();
    arguments[4] = "--public";
    scripts.run("publish", arguments);

    List<List<String>> made = scripts.calls().subList(2, 6);
    assertThat(printed).containsExactly(made.get(0), made.get(2));
  }

  @Test
  void dryRunHasAPlaceholderForTheVersion() throws Exception {
    Run run = scripts.run("publish", "--region", "eu-west-1", "--public", "--dry-run");

    assertThat(run.output()).hasSize(2);
    assertThat(run.output().getLast())
        .startsWith("aws lambda " + PERMIT + " --layer-name log-shipper-x86_64")
        .contains("--version-number '<number of the new version>'", "--principal '*'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"|no region: expected --region, such as eu-west-1, or AWS_REGION",
        "--region|--region needs a value",
        "--region --public|--region needs a value",
        "--region eu-west|'eu-west' is not a region",
        "--region eu-west-1,,eu-west-2|'' is not a region",
        "--region ../etc|'../etc' is not a region",
        "--region eu-west-1 --arch amd64|'amd64' is not a processor of Lambda: expected --arch x86_64",
        "--region eu-west-1 --name a/b|'a/b' is not a layer's name",
        "--region eu-west-1 --profile|--profile needs a value",
        "--region eu-west-1 --force|unknown option '--force'",
        "eu-west-1|unexpected argument 'eu-west-1'",
      })
  void invalidInputPrintsOneLineAndCallsNothing(String arguments, String message) throws Exception {
    scripts.runRejected(
        "publish", message, arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
  }

  @Test
  void missingAwsIsReportedBeforeTheFirstCall() throws Exception {
    scripts.environment("PATH", tools().toString());

    scripts.runRejected("publish", "the aws CLI is missing", "--region", "eu-west-1");
  }

  @Test
  void helpNamesEveryOption() throws Exception {
    Run run = scripts.run("publish", "--help");

    assertThat(run.status()).isZero();
    assertThat(String.join("\n", run.output()))
        .contains("--region", "--arch", "--name", "--profile", "--public", "--dry-run");
  }

  private List<String> publishCall(String region) {
    return List.of(
        "lambda",
        PUBLISH,
        "--layer-name",
        "log-shipper-x86_64",
        "--description",
        "lambda-log-shipper 1.2.3",
        "--license-info",
        "Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0",
        "--compatible-architectures",
        "x86_64",
        "--zip-file",
        "fileb://" + scripts.zip("x86_64"),
        "--query",
        "LayerVersionArn",
        "--region",
        region,
        "--output",
        "text");
  }

  /// A folder with the programs that the script needs, `aws` not among them.
  private Path tools() throws IOException {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : List.of("bash", "dirname", "mktemp", "rm", "uname")) {
      FakeLayer.executable(
          tools.resolve(tool), "#!/bin/bash\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
    }
    return tools;
  }
}
