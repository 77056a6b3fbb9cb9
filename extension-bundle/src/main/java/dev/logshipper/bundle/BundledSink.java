package dev.logshipper.bundle;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A sink that comes with the layer.
///
/// @param mode its `PUSHER_MODE`, and the name of its folder
/// @param training the variables with which it sends to a stand-in, in the way that most users
///   send; `{url}` stands for the destination, whose certificate the JVM trusts
record BundledSink(String mode, Map<String, String> training) {

  /// All of them, in the order of the class path. A new one is a line here and a dependency of this
  /// module.
  static final List<BundledSink> ALL =
      List.of(
          new BundledSink(
              "http", Map.of("PUSHER_HTTP_URL", "{url}/logs", "PUSHER_HTTP_GZIP", "true")));

  BundledSink {
    training = Map.copyOf(training);
  }

  /// How the name of its jar begins.
  String jarPrefix() {
    return "log-shipper-sink-" + mode + "-";
  }

  /// The variables for a stand-in at `url`.
  Map<String, String> trainingEnvironment(String url) {
    return training.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, entry -> entry.getValue().replace("{url}", url)));
  }
}
