package dev.logshipper.advisor.doctor;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Host and port that a sink connects to. The rest of its URL may be secret.
record Destination(String host, int port, boolean isTls) {

  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  /// The destination of a bundled sink; null if it has no usable URL, or for a plugin.
  static @Nullable Destination of(String mode, Map<String, String> environment, String region) {
    return switch (mode) {
      case "http" -> url(environment, "ED_ENDPOINT", "PUSHER_HTTP_URL");
      case "loki" -> url(environment, "LOKI_ENDPOINT_URL", "PUSHER_LOKI_URL");
      case "s3" -> service("s3", environment, region("PUSHER_S3_REGION", environment, region));
      case "kinesis" ->
          service("firehose", environment, region("PUSHER_KINESIS_REGION", environment, region));
      default -> null;
    };
  }

  private static String region(String name, Map<String, String> environment, String region) {
    return environment.getOrDefault(name, region);
  }

  private static @Nullable Destination service(
      String service, Map<String, String> environment, String region) {
    Destination given =
        url(
            environment,
            "AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT),
            "AWS_ENDPOINT_URL");
    String suffix = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
    return given == null ? new Destination(service + "." + region + suffix, HTTPS, true) : given;
  }

  private static @Nullable Destination url(Map<String, String> environment, String... names) {
    for (String name : List.of(names)) {
      String text = environment.getOrDefault(name, "");
      if (!text.isBlank()) {
        return parse(text.strip());
      }
    }
    return null;
  }

  private static @Nullable Destination parse(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (uri.getHost() == null) {
      return null;
    }
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    int standard = tls ? HTTPS : HTTP;
    return new Destination(uri.getHost(), uri.getPort() < 0 ? standard : uri.getPort(), tls);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
