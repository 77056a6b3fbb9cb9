package dev.logshipper.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
  private static final String TWO_FUNCTIONS =
      """
      Parameters:
        Url: {Type: String, Default: "https://logs.example.com"}
        Layer: {Type: String}
      Globals:
        Function:
          MemorySize: 1024
          Layers: [!Sub "arn:aws:lambda:${AWS::Region}:123456789012:layer:log-shipper-arm64:1"]
          Environment: {Variables: {PUSHER_MODE: http, ED_ENDPOINT: !Ref Url}}
      Resources:
        A:
          Type: AWS::Serverless::Function
          Properties:
            Architectures: [arm64]
            Policies:
              - Statement: [{Effect: Deny, Action: "logs:*", Resource: "*"}]
        B:
          Type: AWS::Serverless::Function
          Properties:
            Environment: {Variables: {PUSHER_HTTP_BEARER_TOKEN: "{{resolve:ssm:x}}", AWS_REGION: here}}
            Layers: [a, b, c, d, e]
            VpcConfig: {SubnetIds: [s]}
            Timeout: 1
        Image:
          Type: AWS::Lambda::Function
          Properties: {PackageType: Image, Role: !GetAtt R.Arn, Layers: [x]}
        R:
          Type: AWS::IAM::Role
          Properties: {Policies: [!If [c, {Statement: {Effect: Deny, Action: ["logs:PutLogEvents"]}}, x]]}
      """;

  @TempDir Path folder;

  private String template(String text) throws IOException {
    return Files.writeString(folder.resolve("template.yaml"), text).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "kinesis", "loki", "s3"})
  void exampleIsInOrder(String mode) throws Exception {
    CommandRun run =
        CommandRun.of(
            "doctor", "--template", EXAMPLES.resolve("templates/" + mode + ".yaml").toString());

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains("is unknown until deployed (Ref ").doesNotContain("problem");
  }

  @Test
  void parameterHasItsGivenValue() throws Exception {
    CommandRun run =
        CommandRun.of(
            "doctor",
            "--template",
            EXAMPLES.resolve("templates/http.yaml").toString(),
            "--parameter",
            "Endpoint=ftp://x");

    assertThat(run.status()).isOne();
    assertThat(run.output())
        .contains("PUSHER_HTTP_URL=***: the scheme is ftp, not http or https; expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "loki", "s3"})
  void renderedTemplateOfCdkIsInOrder(String mode) throws Exception {
    Path rendered = EXAMPLES.resolve("cdk-java/expected/" + mode + ".json");

    CommandRun run = CommandRun.of("doctor", "--template", rendered.toString());

    assertThat(run.status()).as(run.output() + run.errors()).isZero();
  }

  @Test
  void globalsApplyAndFactsAreChecked() throws Exception {
    String file = template(TWO_FUNCTIONS);

    CommandRun a =
        CommandRun.of("doctor", "--template", file, "--resource", "A", "--region", "eu-west-1");
    assertThat(a.output())
        .contains("ok       the layer is attached", "is denied to write", "ED_ENDPOINT=*** (set)")
        .doesNotContain("problem", "MB of memory");
    CommandRun b =
        CommandRun.of("doctor", "--template", file, "--resource", "B", "--region", "eu-west-1");
    assertThat(b.output())
        .contains(
            "AWS_REGION is reserved",
            "the function has 6 layers",
            "the layer is for arm64, the function runs on x86_64",
            "the function is in a VPC",
            "a timeout of 1 s",
            "PUSHER_HTTP_BEARER_TOKEN is unknown until deployed (a dynamic reference)");
    CommandRun image = CommandRun.of("doctor", "--template", file, "--resource", "Image");
    assertThat(image.output())
        .contains("a container image cannot have layers", "CloudWatch Logs is not visible");
  }

  @Test
  void functionWithoutLayerIsAProblem() throws Exception {
    CommandRun run =
        CommandRun.of(
            "doctor",
            "--template",
            template(
                "{\"Resources\":{\n\t\"F\":{\"Type\":\"AWS::Lambda::Function\",\"Properties\":{}}}}"));

    assertThat(run.status()).isOne();
    assertThat(run.output()).contains("no layer is attached");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          has several functions: name one with --resource (A, B, Image) | --region eu-west-1
          has no such function (A, B, Image)                            | --resource C
          the template has no such parameter                            | --resource A --parameter X=y
          """)
  void unusableOptionIsWrongUsage(String reason, String options) throws Exception {
    String[] words =
        ("doctor --template " + template(TWO_FUNCTIONS) + " " + options).split(" ", -1);

    CommandRun run = CommandRun.of(words);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).hasLineCount(1).contains(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a: [",
        "- a",
        "Resources: none",
        "{\"Resources\": }",
        "{\"Resources\": {}} and more",
        "{\"Resources\": [{}, \"\\u00\"]",
        "a: &a [x, x]\nb: &b [*a, *a]\nResources: *b",
        "Resources: {A: {Type: AWS::S3::Bucket}}",
        "a: &a [*a, *a]",
        "\0"
      })
  void unusableTemplateIsWrongUsage(String text) throws Exception {
    CommandRun run = CommandRun.of("doctor", "--template", template(text));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).hasLineCount(1);
  }

  @Test
  void deepTemplateIsWrongUsage() throws Exception {
    String deep = "{\"Resources\":" + "{\"a\":".repeat(3_000) + "1" + "}".repeat(3_001);

    for (String text : List.of(deep, "[".repeat(100_000), "a: " + "[".repeat(10_000))) {
      CommandRun run = CommandRun.of("doctor", "--template", template(text));

      assertThat(run.status()).isEqualTo(2);
      assertThat(run.errors()).hasLineCount(1);
    }
  }

  @Test
  void oddPropertiesAreRead() throws Exception {
    CommandRun run =
        CommandRun.of(
            "doctor",
            "--template",
            template(
                "Resources: {F: {Type: AWS::Lambda::Function, Properties: {Environment: [a], Layers:"
                    + " {a: b}, Architectures: x, Role: [1], VpcConfig: y, MemorySize: 9999999999,"
                    + " Timeout: -3}}}"));

    assertThat(run.status()).as(run.errors()).isOne();
    assertThat(run.output()).contains("ED_ENDPOINT is not set");
  }
}
