package dev.logshipper.bench.code;

import dev.logshipper.config.Settings;
import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.http.HttpSinkProvider;
import dev.logshipper.sink.kinesis.KinesisSinkProvider;
import dev.logshipper.sink.loki.LokiSinkProvider;
import dev.logshipper.sink.s3.S3SinkProvider;
import java.util.HashMap;
import java.util.Map;

/// A sink with settings for the format.
///
/// @param variables `{url}` stands for the destination
record SinkForm(SinkProvider provider, Map<String, String> variables) {
  private static final String URL = "{url}";
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_REGION", "eu-west-1",
          "AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE",
          "AWS_SECRET_ACCESS_KEY", "secret",
          "AWS_LAMBDA_FUNCTION_NAME", "hello");
  private static final FunctionIdentity FUNCTION =
      new FunctionIdentity("hello", "$LATEST", "eu-west-1", 512, "123456789012", null);

  /// The sink of a name.
  ///
  /// @param form the sink's mode, with `-gzip` if that is not the default
  static SinkForm named(String form) {
    return switch (form) {
      case "http" -> http("false");
      case "http-gzip" -> http("true");
      case "loki" -> loki();
      case "kinesis" -> kinesis();
      case "s3" -> s3("none");
      case "s3-gzip" -> s3("gzip");
      default -> throw new IllegalArgumentException(form);
    };
  }

  private static SinkForm http(String gzip) {
    return new SinkForm(
        new HttpSinkProvider(), Map.of("ED_ENDPOINT", URL, "PUSHER_HTTP_GZIP", gzip));
  }

  private static SinkForm loki() {
    return new SinkForm(
        new LokiSinkProvider(),
        Map.of(
            "LOKI_ENDPOINT_URL", URL,
            "LOKI_BEARER_TOKEN", "token",
            "LOKI_APPLICATION_LABEL", "shop",
            "LOKI_ENV_LABEL", "prod"));
  }

  private static SinkForm kinesis() {
    return new SinkForm(
        new KinesisSinkProvider(),
        Map.of("KINESIS_ENDPOINT", "logs", "AWS_ENDPOINT_URL_FIREHOSE", URL));
  }

  private static SinkForm s3(String compression) {
    return new SinkForm(
        new S3SinkProvider(),
        Map.of(
            "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", "logs",
            "AWS_ENDPOINT_URL_S3", URL,
            "PUSHER_S3_COMPRESSION", compression));
  }

  /// Opens it for a destination.
  Sink open(String url) {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    variables.forEach((name, value) -> environment.put(name, value.replace(URL, url)));
    return provider.open(
        new SinkContext(
            Settings.of(environment, provider.settings()),
            () -> FUNCTION,
            new PrintingDiagnostics(System.err, Level.WARN)));
  }
}
