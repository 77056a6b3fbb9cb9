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

/// The least permissions that the function's role needs for the layer.
final class RolePolicy {
  private static final String ALIAS = "alias/";

  private final Map<String, String> variables;
  private final Set<String> unknown;
  private final FunctionFacts facts;
  private final String region;
  private final Map<String, Set<String>> resources = new TreeMap<>();
  private final Map<String, Map<String, String>> conditions = new TreeMap<>();

  private RolePolicy(Checkup checkup) {
    this.variables = checkup.environment();
    this.unknown = checkup.function().unknown().keySet();
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
    if (modes.contains("http") || modes.contains("kinesis")) {
      policy.addTags();
    }
    for (SecretArn secret : SecretArn.in(checkup)) {
      policy.allow(secret.action(), secret.resource());
    }
    return policy.json();
  }

  /// The permission to decrypt the secrets, for those that are encrypted with a key of one's own:
  /// only by the services that keep them.
  static ObjectNode ofKeys(Checkup checkup) {
    RolePolicy policy = new RolePolicy(checkup);
    for (SecretArn secret : SecretArn.in(checkup)) {
      policy.allow("kms:Decrypt", secret.keys());
      policy
          .conditions
          .computeIfAbsent("kms:Decrypt", _ -> new TreeMap<>())
          .put(secret.service(), "kms:ViaService");
    }
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
    // By default, too, a missing bucket is created; but a bucket usually exists.
    if (first("", "PUSHER_S3_CREATE_BUCKET").equalsIgnoreCase("true")) {
      allow("s3:CreateBucket", arn);
    }
    if (!first("", "PUSHER_S3_ACL").isEmpty()) {
      allow("s3:PutObjectAcl", arn + "/*");
    }
    String key = first("", "PUSHER_S3_KMS_KEY_ID");
    if (!key.isEmpty()) {
      addKey(key, first(region, "PUSHER_S3_REGION"));
    }
  }

  /// Policies name keys by their ids, and aliases only in conditions.
  private void addKey(String key, String place) {
    String keys = "arn:" + partition() + ":kms:" + place + ":" + account() + ":key/";
    int alias = key.indexOf(ALIAS);
    if (alias >= 0) {
      boolean isArn = key.startsWith("arn:");
      allow("kms:GenerateDataKey", isArn ? key.substring(0, alias) + "key/*" : keys + "*");
      conditions.put("kms:GenerateDataKey", Map.of(key.substring(alias), "kms:ResourceAliases"));
    } else {
      allow("kms:GenerateDataKey", key.startsWith("arn:") ? key : keys + key);
    }
  }

  private void addFirehose() {
    String role = first("", "PUSHER_KINESIS_ROLE_ARN", "PUSHER_FIREHOSE_ROLE_ARN");
    if (!role.isEmpty()) {
      allow("sts:AssumeRole", role);
      return;
    }
    if (!first("", "PUSHER_KINESIS_ACCESS_KEY_ID", "PUSHER_FIREHOSE_ACCESS_KEY_ID").isEmpty()) {
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

  private void addTags() {
    if (first("false", "ED_FORWARD_LAMBDA_TAGS").equalsIgnoreCase("true")) {
      allow(
          "lambda:GetFunction",
          "arn:" + partition() + ":lambda:" + region + ":" + account() + ":function:FUNCTION");
    }
  }

  private void allow(String action, String resource) {
    resources.computeIfAbsent(action, _ -> new TreeSet<>()).add(resource);
  }

  private String first(String fallback, String... names) {
    for (String name : names) {
      String value = variables.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return unknown.contains(name) && !fallback.isEmpty() ? fallback : value;
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
      put(statement, "Resource", all);
      Map<String, String> condition = conditions.get(action);
      if (condition != null) {
        String key = condition.values().iterator().next();
        boolean isList = key.equals("kms:ResourceAliases");
        ObjectNode test =
            statement
                .putObject("Condition")
                .putObject(isList ? "ForAnyValue:StringEquals" : "StringEquals");
        put(test, key, condition.keySet());
      }
    });
    return root;
  }

  private static void put(ObjectNode parent, String name, Set<String> texts) {
    if (texts.size() == 1) {
      parent.put(name, texts.iterator().next());
    } else {
      ArrayNode list = parent.putArray(name);
      texts.forEach(list::add);
    }
  }
}
