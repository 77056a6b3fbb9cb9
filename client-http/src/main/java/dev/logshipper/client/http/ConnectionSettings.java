package dev.logshipper.client.http;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// The variables that say how a sink reaches its destination. The customary ones are shared by all
/// sinks; the others carry the name of the sink's mode. Immutable; a sink makes it once and
/// declares [#all] among its settings.
public final class ConnectionSettings {
  static final Setting<URI> HTTPS_PROXY =
      Setting.optional("HTTPS_PROXY", ProxyChoice.parser(), "Proxy for an https:// endpoint")
          .alias("https_proxy")
          .secret();

  static final Setting<URI> HTTP_PROXY =
      Setting.optional("HTTP_PROXY", ProxyChoice.parser(), "Proxy for an http:// endpoint")
          .alias("http_proxy")
          .secret();

  static final Setting<String> NO_PROXY =
      Setting.optional(
              "NO_PROXY",
              Parsers.text(),
              "Hosts, domains, addresses and networks that are reached without a proxy")
          .alias("no_proxy");

  private final Setting<URI> proxy;
  private final Setting<String> caFile;

  private ConnectionSettings(String prefix) {
    this.proxy =
        Setting.optional(
                prefix + "PROXY", ProxyChoice.parser(), "Proxy, whatever the variables below say")
            .secret();
    this.caFile =
        Setting.optional(
            prefix + "CA_FILE",
            Parsers.text(),
            "PEM file with certificates to trust besides the well-known ones");
  }

  /// Those of a sink: for the mode `http`, `PUSHER_HTTP_PROXY` and so on.
  public static ConnectionSettings ofMode(String mode) {
    return new ConnectionSettings("PUSHER_" + mode.toUpperCase(Locale.ROOT) + "_");
  }

  /// All of them, in the order in which documentation shows them.
  public List<Setting<?>> all() {
    return List.of(proxy, HTTPS_PROXY, HTTP_PROXY, NO_PROXY, caFile);
  }

  Setting<URI> proxy() {
    return proxy;
  }

  Setting<String> caFile() {
    return caFile;
  }
}
