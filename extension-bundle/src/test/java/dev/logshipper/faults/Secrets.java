package dev.logshipper.faults;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.config.Setting;
import dev.logshipper.sink.SinkProvider;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// Values for every secret variable of every sink, each with a canary in it.
final class Secrets {
  private Secrets() {}

  /// Values with which a sink works.
  ///
  /// @param url of its destination
  static Map<String, String> usable(BundledSink sink, String url, Canaries canaries) {
    Map<String, String> values = new TreeMap<>();
    for (String name : names()) {
      String word = canaries.plant(name);
      values.put(
          name,
          switch (name) {
            case "ED_ENDPOINT" -> url + "/" + word + "?key=" + word;
            case "LOKI_ENDPOINT_URL" -> url + "/?key=" + word;
            case "PUSHER_HTTP_HEADERS" -> "X-Api-Key=" + word;
            // A proxy for itself; the usual variables do not apply to this machine.
            case "PUSHER_HTTP_PROXY" -> withUser(url, word);
            case "PUSHER_LOKI_PROXY" -> "";
            default -> name.contains("_URL") || name.endsWith("_URI") ? withUser(url, word) : word;
          });
    }
    values.put("HTTP_PROXY", withUser("http://127.0.0.1:1", canaries.plant("HTTP_PROXY")));
    values.put("HTTPS_PROXY", withUser("http://127.0.0.1:1", canaries.plant("HTTPS_PROXY")));
    // The variable of the service takes precedence over that for all services, which the other
    // sinks use.
    sink.environment(url).keySet().stream()
        .filter(name -> name.startsWith("AWS_"))
        .forEach(name -> values.put(name, withUser(url, canaries.plant(name))));
    return values;
  }

  /// Values that nothing can be done with: neither a URL nor a list, and no header holds them.
  static Map<String, String> unusable(Canaries canaries) {
    Map<String, String> values = new TreeMap<>();
    for (String name : names()) {
      values.put(name, "https://me:" + canaries.plant(name) + "@two words \u0007");
    }
    return values;
  }

  /// A URL with a password in it.
  static String withUser(String url, String password) {
    return url.replace("://", "://me:" + password + "@");
  }

  private static Iterable<String> names() {
    Map<String, String> names = new TreeMap<>();
    for (SinkProvider provider : ServiceLoader.load(SinkProvider.class)) {
      for (Setting<?> setting : provider.settings()) {
        if (setting.isSecret()) {
          names.put(setting.name(), provider.mode());
        }
      }
    }
    return names.keySet();
  }
}
