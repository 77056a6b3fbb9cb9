package dev.logshipper.bundle;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.firehose.FirehoseDestination;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sandbox.destination.s3.S3Destination;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A sink of the layer, with stand-ins for its destination and the variables to use them.
/// Immutable.
///
/// @param mode its `PUSHER_MODE`, and the name of its folder
/// @param client library that it sends with; sinks with the same client share an AOT cache
/// @param plain starts a stand-in for its destination
/// @param tls starts a stand-in with a certificate of its own
/// @param variables that a minimal configuration needs, in the names of the extension that it
///   replaces; `{url}` stands for the destination
public record BundledSink(
    String mode,
    String client,
    Supplier<Destination> plain,
    Supplier<Destination> tls,
    Map<String, String> variables) {

  /// All sinks, in the order of the class path. A new one needs an entry here and a dependency of
  /// this module.
  public static final List<BundledSink> ALL =
      List.of(
          new BundledSink(
              "http",
              "okhttp",
              HttpDestination::start,
              HttpDestination::startTls,
              Map.of("ED_ENDPOINT", "{url}/logs")),
          new BundledSink(
              "loki",
              "okhttp",
              LokiDestination::start,
              LokiDestination::startTls,
              Map.of(
                  "LOKI_ENDPOINT_URL", "{url}",
                  "LOKI_APPLICATION_LABEL", "hello",
                  "LOKI_ENV_LABEL", "sandbox",
                  "LOKI_BEARER_TOKEN", "demo")),
          new BundledSink(
              "kinesis",
              "aws-sdk",
              () -> FirehoseDestination.start("logs"),
              () -> FirehoseDestination.startTls("logs"),
              Map.of("KINESIS_ENDPOINT", "logs", "AWS_ENDPOINT_URL_FIREHOSE", "{url}")),
          new BundledSink(
              "s3",
              "aws-sdk",
              () -> S3Destination.start("logs"),
              () -> S3Destination.startTls("logs"),
              Map.of(
                  "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", "logs",
                  "AWS_ENDPOINT_URL_S3", "{url}")));

  public BundledSink {
    variables = Map.copyOf(variables);
  }

  /// The sink of a mode.
  ///
  /// @throws IllegalArgumentException when there is none; the message lists the existing ones
  public static BundledSink named(String mode) {
    return ALL.stream()
        .filter(sink -> sink.mode().equals(mode))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no sink is called '"
                    + mode
                    + "': expected one of "
                    + ALL.stream().map(BundledSink::mode).collect(Collectors.joining(", "))));
  }

  /// The beginning of its jar's name.
  String jarPrefix() {
    return "log-shipper-sink-" + mode + "-";
  }

  /// The variables for a destination, except `PUSHER_MODE`.
  public Map<String, String> environment(String url) {
    return variables.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, entry -> entry.getValue().replace("{url}", url)));
  }
}
