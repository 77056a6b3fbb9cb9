package dev.logshipper.client.http;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// The variables for proxies, private CAs and client certificates. `HTTPS_PROXY` and the like are
/// shared by all sinks; the others carry the name of the sink's mode. Immutable; a sink creates it
/// once and declares [#all] among its settings.
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
              "Hosts, domains, addresses and networks to reach without a proxy")
          .alias("no_proxy");

  private final Setting<URI> proxy;
  private final Setting<String> caFile;
  private final Setting<String> clientCertFile;
  private final Setting<String> clientKeyFile;

  private ConnectionSettings(String prefix) {
    this.proxy =
        Setting.optional(
                prefix + "PROXY",
                ProxyChoice.parser(),
                "Proxy for this sink; takes precedence over the variables below")
            .secret();
    this.caFile =
        Setting.optional(
            prefix + "CA_FILE",
            Parsers.text(),
            "PEM file with CA certificates to trust in addition to the public ones");
    this.clientCertFile =
        Setting.optional(
            prefix + "CLIENT_CERT_FILE",
            Parsers.text(),
            "PEM file with the certificate, and its chain, for servers that require one");
    this.clientKeyFile =
        Setting.optional(
            prefix + "CLIENT_KEY_FILE",
            Parsers.text(),
            "PEM file with the key of that certificate, not encrypted; by default the same file");
  }

  /// The variables of one sink: `PUSHER_HTTP_PROXY` and so on for the mode `http`.
  public static ConnectionSettings ofMode(String mode) {
    return new ConnectionSettings("PUSHER_" + mode.toUpperCase(Locale.ROOT) + "_");
  }

  /// All of them, in the order of the documentation.
  public List<Setting<?>> all() {
    return List.of(proxy, HTTPS_PROXY, HTTP_PROXY, NO_PROXY, caFile, clientCertFile, clientKeyFile);
  }

  Setting<URI> proxy() {
    return proxy;
  }

  Setting<String> caFile() {
    return caFile;
  }

  Setting<String> clientCertFile() {
    return clientCertFile;
  }

  Setting<String> clientKeyFile() {
    return clientKeyFile;
  }
}
