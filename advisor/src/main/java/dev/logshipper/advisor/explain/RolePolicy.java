package dev.logshipper.advisor.explain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.advisor.doctor.Checkup;
import dev.logshipper.advisor.source.FunctionFacts;
import dev.logshipper.sink.support.AwsPartition;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The least permissions that the function's role needs for the layer.
final class RolePolicy {
  private static final Pattern SECRET =
      Pattern.compile("arn:[a-z-]+:(secretsmanager|ssm):[a-z0-9-]+:\\d{12}:[A-Za-z0-9/_+=.@:-]+");

  private final Map<String, String> variables;
  private final FunctionFacts facts;
  private final String region;
  private final Map<String, Set<String>> resources = new TreeMap<>();

  private RolePolicy(Checkup checkup) {
    this.variables = checkup.environment();
    this.facts = checkup.function().facts();
    this.region = facts.region() == null ? "REGION" : facts.region();
  }

  /// A policy as JSON; without statements if none is needed.
  static ObjectNode of(Checkup checkup) {
    RolePolicy policy = new RolePolicy(checkup);
    Set<String> modes = checkup.configuration().reportEntries().keySet();
    if (modes.contains("s3")) {
      policy.addS3();
    }
    if (modes.contains("kinesis")) {
      policy.addFirehose();
    }
    checkup.function().variables().values().forEach(policy::addSecrets);
    return policy.json();
  }

  private void addS3() {
    String role = first("", "PUSHER_S3_ROLE_ARN");
    if (!role.isEmpty()) {
      allow("sts:AssumeRole", role);
      return;
    }
    if (!first("", "PUSHER_S3_ACCESS_KEY_ID").isEmpty()) {
      return;
    }
    String bucket = first("BUCKET", "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", "PUSHER_S3_BUCKET");
    String arn = "arn:" + partition() + ":s3:::" + bucket;
    allow("s3:PutObject", arn + "/*");
    if (!first("true", "PUSHER_S3_CREATE_BUCKET").equalsIgnoreCase("false")) {
      allow("s3:CreateBucket", arn);
    }
    if (!first("", "PUSHER_S3_ACL").isEmpty()) {
      allow("s3:PutObjectAcl", arn + "/*");
    }
    String key = first("", "PUSHER_S3_KMS_KEY_ID");
    if (!key.isEmpty()) {
      allow(
          "kms:GenerateDataKey",
          key.startsWith("arn:")
              ? key
              : "arn:" + partition() + ":kms:" + region + ":" + account() + ":key/" + key);
    }
  }

  private void addFirehose() {
    String role = first("", "PUSHER_KINESIS_ROLE_ARN", "PUSHER_FIREHOSE_ROLE_ARN");
    if (!role.isEmpty()) {
      allow("sts:AssumeRole", role);
      return;
    }
    String stream =
        first("STREAM", "KINESIS_ENDPOINT", "PUSHER_KINESIS_STREAM", "PUSHER_FIREHOSE_STREAM");
    String place = first(region, "PUSHER_KINESIS_REGION", "PUSHER_FIREHOSE_REGION");
    allow(
        "firehose:PutRecordBatch",
        "arn:"
            + partition()
            + ":firehose:"
            + place
            + ":"
            + account()
            + ":deliverystream/"
            + stream);
  }

  private void addSecrets(String value) {
    Matcher matcher = SECRET.matcher(value);
    while (matcher.find()) {
      boolean isSecret = matcher.group(1).equals("secretsmanager");
      allow(isSecret ? "secretsmanager:GetSecretValue" : "ssm:GetParameter", matcher.group());
    }
  }

  private void allow(String action, String resource) {
    resources.computeIfAbsent(action, _ -> new TreeSet<>()).add(resource);
  }

  private String first(String fallback, String... names) {
    for (String name : names) {
      String value = variables.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return value;
      }
    }
    return fallback;
  }

  private String partition() {
    AwsPartition known = AwsPartition.of(region);
    return known == null ? "aws" : known.name();
  }

  private String account() {
    return facts.account() == null ? "ACCOUNT" : facts.account();
  }

  private ObjectNode json() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("Version", "2012-10-17");
    ArrayNode statements = root.putArray("Statement");
    resources.forEach((action, all) -> {
      ObjectNode statement = statements.addObject();
      statement.put("Effect", "Allow").put("Action", action);
      if (all.size() == 1) {
        statement.put("Resource", all.iterator().next());
      } else {
        ArrayNode list = statement.putArray("Resource");
        all.forEach(list::add);
      }
    });
    return root;
  }
}
