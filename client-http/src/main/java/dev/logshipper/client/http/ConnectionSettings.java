package dev.logshipper.client.http;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.sink.support.ConnectionVariables;
import dev.logshipper.sink.support.ProxySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The variables for proxies, private CAs and client certificates. `HTTPS_PROXY` and the like are
/// shared by all sinks; the others carry the name of the sink's mode. Immutable; a sink creates it
/// once and declares [#all] among its settings.
public final class ConnectionSettings {
  private final String urlVariable;
  private final ProxySettings proxy;
  private final Setting<String> caFile;
  private final Setting<String> clientCertFile;
  private final Setting<String> clientKeyFile;

  private ConnectionSettings(String mode, String urlVariable) {
    this.urlVariable = urlVariable;
    this.proxy = ProxySettings.ofMode(mode);
    String prefix = "PUSHER_" + mode.toUpperCase(Locale.ROOT) + "_";
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
  ///
  /// @param urlVariable with the destination's URL, for messages
  public static ConnectionSettings ofMode(String mode, String urlVariable) {
    return new ConnectionSettings(mode, urlVariable);
  }

  /// All of them, in the order of the documentation.
  public List<Setting<?>> all() {
    List<Setting<?>> all = new ArrayList<>(proxy.all());
    all.addAll(List.of(caFile, clientCertFile, clientKeyFile));
    return List.copyOf(all);
  }

  /// The variables that may be the cause of a failed connection.
  ConnectionVariables variables() {
    return new ConnectionVariables(urlVariable, caFile.name(), clientCertFile.name());
  }

  ProxySettings proxy() {
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
