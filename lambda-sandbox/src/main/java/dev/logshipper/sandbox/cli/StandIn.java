package dev.logshipper.sandbox.cli;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.firehose.FirehoseDestination;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sandbox.destination.s3.S3Destination;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// A stand-in destination that a command line can name, with the variables by which this project's
/// layer uses it. Other extensions get its address by `{url}` in a variable.
///
/// @param mode its name
/// @param supplier starts it
/// @param variables `{url}` stands for its address
record StandIn(String mode, Supplier<Destination> supplier, Map<String, String> variables) {

  private static final List<StandIn> ALL =
      List.of(
          new StandIn("http", HttpDestination::start, Map.of("PUSHER_HTTP_URL", "{url}/logs")),
          new StandIn(
              "loki",
              LokiDestination::start,
              Map.of(
                  "PUSHER_LOKI_URL", "{url}",
                  "PUSHER_LOKI_APPLICATION", "sandbox",
                  "PUSHER_LOKI_ENVIRONMENT", "sandbox",
                  "LOKI_BEARER_TOKEN", "sandbox")),
          new StandIn(
              "kinesis",
              () -> FirehoseDestination.start("logs"),
              Map.of("PUSHER_KINESIS_STREAM", "logs", "AWS_ENDPOINT_URL_FIREHOSE", "{url}")),
          new StandIn(
              "s3",
              () -> S3Destination.start("logs"),
              Map.of("PUSHER_S3_BUCKET", "logs", "AWS_ENDPOINT_URL_S3", "{url}")));

  StandIn {
    variables = Map.copyOf(variables);
  }

  /// @throws IllegalArgumentException for any other name
  static StandIn named(String name) {
    String wanted = name.equals("firehose") ? "kinesis" : name;
    for (StandIn each : ALL) {
      if (each.mode.equals(wanted)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "--mode " + name + ": expected one of " + String.join(", ", modes()));
  }

  static List<String> modes() {
    return ALL.stream().map(StandIn::mode).toList();
  }

  Destination start() {
    return supplier.get();
  }

  /// The variables of a function whose logs go there; the given ones take precedence.
  Map<String, String> variables(String url, Map<String, String> given) {
    Map<String, String> all = new TreeMap<>(variables);
    all.put("PUSHER_MODE", mode);
    all.putAll(given);
    all.replaceAll((name, value) -> value.replace("{url}", url));
    return all;
  }
}
