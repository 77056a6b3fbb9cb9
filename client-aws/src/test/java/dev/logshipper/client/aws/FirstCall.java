package dev.logshipper.client.aws;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.support.ProxySettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// A client of the SDK over an access, as a sink has it. Also a program that makes one call, for
/// effects that only a new JVM shows.
final class FirstCall {
  static final IdentitySettings IDENTITY = IdentitySettings.ofMode("s3");
  static final ProxySettings PROXY = ProxySettings.ofMode("test");
  static final Setting<URI> OF_SERVICE =
      Setting.optional("AWS_ENDPOINT_URL_S3", Parsers.httpUrl(), "");

  private FirstCall() {}

  /// @param environment alternating names and values
  static Settings settings(String... environment) {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_ACCESS_KEY_ID", "AKIAHUSH");
    variables.put("AWS_SECRET_ACCESS_KEY", "hush");
    variables.put("AWS_SESSION_TOKEN", "hushhush");
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    List<Setting<?>> declared = new ArrayList<>(AwsAccess.settings());
    declared.add(OF_SERVICE);
    declared.addAll(IDENTITY.all());
    declared.addAll(PROXY.all());
    return Settings.of(variables, declared);
  }

  /// @param output receives the lines of the diagnostics
  static SinkContext context(String region, Settings settings, List<String> output) {
    FunctionIdentity function =
        new FunctionIdentity("hello", "$LATEST", region, 128, "123456789012", "arn:hello");
    return new SinkContext(settings, () -> function, new ListedDiagnostics(output));
  }

  static AwsAccess access(String region, Settings settings) {
    return AwsAccess.of(
        "s3", region, OF_SERVICE, IDENTITY, PROXY, context(region, settings, new ArrayList<>()));
  }

  static AwsAccess access(String endpoint) {
    return access("eu-west-1", settings("AWS_ENDPOINT_URL", endpoint));
  }

  static S3Client client(AwsAccess access) {
    return access.prepare(S3Client.builder()).forcePathStyle(true).build();
  }

  /// Stores an object of the given size.
  static Object put(AwsAccess access, int bytes, Deadline deadline) throws Exception {
    try (S3Client client = client(access)) {
      return access.call(
          () ->
              client.putObject(
                  request -> request.bucket("b").key("k"), RequestBody.fromBytes(new byte[bytes])),
          deadline);
    }
  }

  static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), System::nanoTime);
  }

  public static void main(String[] arguments) throws Exception {
    try (AwsAccess access = access(arguments[0])) {
      Object _ = put(access, 10, in(20_000));
    }
  }
}
