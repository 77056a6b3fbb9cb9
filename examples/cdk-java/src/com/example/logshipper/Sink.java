package com.example.logshipper;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kinesisfirehose.IDeliveryStream;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/// A destination: the variables that select it, and the permissions that it needs. Immutable.
///
/// @param mode the value of `PUSHER_MODE`
/// @param grants each gives a function's role one permission
public record Sink(String mode, Map<String, String> variables, List<Consumer<Function>> grants) {

  /// Posts newline-delimited JSON to a URL.
  public static Sink http(String url) {
    return new Sink("http", Map.of(), List.of()).variable("PUSHER_HTTP_URL", url);
  }

  /// Writes objects to a bucket.
  public static Sink s3(IBucket bucket) {
    return new Sink("s3", Map.of(), List.of())
        .variable("PUSHER_S3_BUCKET", bucket.getBucketName())
        .grant(fn -> allow(fn, "s3:PutObject", bucket.arnForObjects("*")))
        .grant(
            fn -> {
              if (bucket.getEncryptionKey() != null) {
                bucket.getEncryptionKey().grant(fn, "kms:GenerateDataKey");
              }
            });
  }

  /// Puts records to a delivery stream of Amazon Data Firehose.
  public static Sink firehose(IDeliveryStream stream) {
    return new Sink("kinesis", Map.of(), List.of())
        .variable("PUSHER_KINESIS_STREAM", stream.getDeliveryStreamName())
        .grant(fn -> allow(fn, "firehose:PutRecordBatch", stream.getDeliveryStreamArn()));
  }

  /// Pushes to Grafana Loki, with the labels `application` and `environment`.
  public static Sink loki(String url, String application, String environment) {
    return new Sink("loki", Map.of(), List.of())
        .variable("PUSHER_LOKI_URL", url)
        .variable("PUSHER_LOKI_APPLICATION", application)
        .variable("PUSHER_LOKI_ENVIRONMENT", environment);
  }

  /// Authenticates with a bearer token (http, loki). The layer reads the secret at run time.
  public Sink token(ISecret secret) {
    if (!mode.equals("http") && !mode.equals("loki")) {
      throw new IllegalStateException(
          "a sink of mode " + mode + " has no token: expected http or loki, before and()");
    }
    return secret("PUSHER_" + mode.toUpperCase(Locale.ROOT) + "_BEARER_TOKEN", secret, "");
  }

  /// Authenticates with a user and a password (loki).
  public Sink user(String name, ISecret password) {
    return variable("PUSHER_LOKI_USERNAME", name).secret("PUSHER_LOKI_PASSWORD", password, "");
  }

  /// Sets a variable to a reference to a secret. The secret must have a complete ARN.
  ///
  /// @param member the name of a member, if the secret is a JSON object; else empty
  public Sink secret(String name, ISecret secret, String member) {
    String reference = secret.getSecretArn() + (member.isEmpty() ? "" : "#" + member);
    return variable(name, reference)
        .grant(fn -> allow(fn, "secretsmanager:GetSecretValue", secret.getSecretArn()))
        .grant(
            fn -> {
              if (secret.getEncryptionKey() != null) {
                secret.getEncryptionKey().grantDecrypt(fn);
              }
            });
  }

  /// Sets any other variable of the layer.
  public Sink variable(String name, String value) {
    return new Sink(mode, joined(variables, Map.of(name, value)), grants);
  }

  /// Ships every record to another destination, too.
  public Sink and(Sink other) {
    return new Sink(
        mode + "," + other.mode,
        joined(variables, other.variables),
        Stream.concat(grants.stream(), other.grants.stream()).toList());
  }

  private Sink grant(Consumer<Function> grant) {
    return new Sink(mode, variables, Stream.concat(grants.stream(), Stream.of(grant)).toList());
  }

  private static Map<String, String> joined(Map<String, String> first, Map<String, String> then) {
    Map<String, String> all = new LinkedHashMap<>(first);
    all.putAll(then);
    return all;
  }

  private static void allow(Function function, String action, String resource) {
    function.addToRolePolicy(
        PolicyStatement.Builder.create()
            .actions(List.of(action))
            .resources(List.of(resource))
            .build());
  }
}
