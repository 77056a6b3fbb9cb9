package dev.logshipper.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The permissions that `scripts/explain` prints.
class RolePolicyTest {
  @TempDir Path folder;

  private JsonNode json(String variables, String... options) throws Exception {
    Path file = Files.writeString(folder.resolve("env"), variables);
    List<String> words =
        new ArrayList<>(List.of("explain", "--env-file", file.toString(), "--json"));
    words.addAll(List.of(options));
    return new ObjectMapper().readTree(CommandRun.of(words.toArray(String[]::new)).output());
  }

  @Test
  void policyHasTheExactResources() throws Exception {
    String policy =
        json(
                """
                PUSHER_MODE=s3,kinesis
                PUSHER_S3_BUCKET=my-logs
                KINESIS_ENDPOINT=stream
                PUSHER_S3_CREATE_BUCKET=false
                PUSHER_KINESIS_REGION=eu-west-1
                PUSHER_S3_PROXY=arn:aws:ssm:eu-west-1:123456789012:parameter/proxy
                """,
                "--region",
                "eu-central-1")
            .path("policy")
            .path("Statement")
            .toString();

    assertThat(policy)
        .contains(
            "\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::my-logs/*\"",
            "\"arn:aws:firehose:eu-west-1:ACCOUNT:deliverystream/stream\"",
            "\"ssm:GetParameter\",\"Resource\":\"arn:aws:ssm:eu-west-1:123456789012:parameter/proxy\"")
        .doesNotContain("CreateBucket");
  }

  @Test
  void secretsByReferenceNeedTheirPermissions() throws Exception {
    JsonNode root =
        json(
            """
            ED_ENDPOINT=arn:aws:ssm:eu-west-1:123456789012:parameter/team/url:3
            PUSHER_HTTP_HEADERS=A=b,X=arn:aws:secretsmanager:eu-west-1:123456789012:secret:team/key#user
            PUSHER_HTTP_BEARER_TOKEN=arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf
            DATABASE=arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-AbCdEf
            """);

    assertThat(root.path("policy").path("Statement").toString())
        .contains(
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:team/key-??????\"",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf\"",
            "\"ssm:GetParameter\",\"Resource\":\"arn:aws:ssm:eu-west-1:123456789012:parameter/team/url\"")
        .doesNotContain("database");
    assertThat(root.path("keyPolicy").path("Statement").toString())
        .isEqualTo(
            "[{\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\","
                + "\"Resource\":\"arn:aws:kms:eu-west-1:123456789012:key/KEY\","
                + "\"Condition\":{\"StringEquals\":{\"kms:ViaService\":"
                + "[\"secretsmanager.eu-west-1.amazonaws.com\",\"ssm.eu-west-1.amazonaws.com\"]}}}]");
  }

  @Test
  void keysOfBucketsAreNamedByIdOrByAlias() throws Exception {
    String s3 = "PUSHER_MODE=s3\nPUSHER_S3_BUCKET=my-logs\nPUSHER_S3_KMS_KEY_ID=";

    assertThat(json(s3 + "1234").path("policy").toString())
        .contains("\"arn:aws:kms:REGION:ACCOUNT:key/1234\"")
        .doesNotContain("Condition");
    assertThat(json(s3 + "alias/logs").path("policy").toString())
        .contains(
            "\"arn:aws:kms:REGION:ACCOUNT:key/*\"",
            "{\"ForAnyValue:StringEquals\":{\"kms:ResourceAliases\":\"alias/logs\"}}");
  }

  @Test
  void tagsOfTheFunctionNeedAPermission() throws Exception {
    assertThat(
            json("ED_ENDPOINT=https://a.example\nED_FORWARD_LAMBDA_TAGS=true")
                .path("policy")
                .toString())
        .contains("lambda:GetFunction");
  }

  @Test
  void unknownValuesArePlaceholdersInThePolicy() throws Exception {
    CommandRun run = CommandRun.of("explain", "--template", "../examples/templates/s3.yaml");

    assertThat(run.status()).as(run.errors()).isZero();
    assertThat(run.output())
        .contains(
            "note     PUSHER_S3_BUCKET is unknown until deployed", "\"arn:aws:s3:::BUCKET/*\"");
  }
}
