package dev.logshipper.sink.support;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The variables for proxies. `HTTPS_PROXY` and the like are shared by all sinks, and read as Go
/// programs read them, because extensions that this one replaces are written in Go; one more
/// carries the name of the sink's mode. Immutable; a sink creates it once and declares [#all] among
/// its settings.
public final class ProxySettings {
  private static final Setting<URI> HTTPS_PROXY =
      Setting.optional("HTTPS_PROXY", Parsers.proxyUrl(), "Proxy for an https:// endpoint")
          .alias("https_proxy")
          .secret();

  private static final Setting<URI> HTTP_PROXY =
      Setting.optional("HTTP_PROXY", Parsers.proxyUrl(), "Proxy for an http:// endpoint")
          .alias("http_proxy")
          .secret();

  private static final Setting<String> NO_PROXY =
      Setting.optional(
              "NO_PROXY",
              Parsers.text(),
              "Hosts, domains, addresses and networks to reach without a proxy")
          .alias("no_proxy");

  private final Setting<URI> own;

  private ProxySettings(Setting<URI> own) {
    this.own = own;
  }

  /// The variables of one sink: `PUSHER_S3_PROXY` and the shared ones for the mode `s3`.
  public static ProxySettings ofMode(String mode) {
    return new ProxySettings(own(mode));
  }

  /// The same for a mode with an alias, under which its own variable is read, too.
  public static ProxySettings ofMode(String mode, String alias) {
    return new ProxySettings(own(mode).alias(name(alias)));
  }

  private static Setting<URI> own(String mode) {
    return Setting.optional(
            name(mode),
            Parsers.proxyUrl(),
            "Proxy for this sink; takes precedence over the variables below")
        .secret();
  }

  private static String name(String mode) {
    return "PUSHER_" + mode.toUpperCase(Locale.ROOT) + "_PROXY";
  }

  /// All of them, in the order of the documentation.
  public List<Setting<?>> all() {
    return List.of(own, HTTPS_PROXY, HTTP_PROXY, NO_PROXY);
  }

  /// The variables that all sinks share.
  public static List<Setting<?>> shared() {
    return List.of(HTTPS_PROXY, HTTP_PROXY, NO_PROXY);
  }

  /// The proxies that the shared variables name, for requests to servers other than the sink's
  /// destination.
  public static Proxies sharedProxies(Settings settings) {
    return proxies(null, settings);
  }

  /// The proxies that the variables name; null when there are none.
  public @Nullable Proxies proxies(Settings settings) {
    if (!settings.isSet(own) && !settings.isSet(HTTPS_PROXY) && !settings.isSet(HTTP_PROXY)) {
      return null;
    }
    return proxies(proxy(own, settings), settings);
  }

  private static Proxies proxies(@Nullable HttpProxy own, Settings settings) {
    return new Proxies(
        own,
        proxy(HTTPS_PROXY, settings),
        proxy(HTTP_PROXY, settings),
        settings.find(NO_PROXY).orElse(""));
  }

  private static @Nullable HttpProxy proxy(Setting<URI> setting, Settings settings) {
    return settings.find(setting).map(url -> HttpProxy.of(url, setting.name())).orElse(null);
  }
}
