package dev.logshipper.plugins;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkProvider;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A stranger's provider as core sees it: what it said of itself once is what it says, its code
/// runs with its own context class loader, and its faults name its jar.
final class PluginProvider implements SinkProvider {
  private final String mode;
  private final List<Setting<?>> settings;
  private final SinkProvider provider;
  private final String jarName;
  private final PluginClassLoader loader;
  private @Nullable String fault;

  PluginProvider(
      String mode,
      List<Setting<?>> settings,
      SinkProvider provider,
      String jarName,
      PluginClassLoader loader) {
    this.mode = mode;
    this.settings = settings;
    this.provider = provider;
    this.jarName = jarName;
    this.loader = loader;
  }

  String jarName() {
    return jarName;
  }

  @Override
  public String mode() {
    return mode;
  }

  @Override
  public int spiVersion() {
    return provider.spiVersion();
  }

  /// The same objects each time, whatever the stranger does: settings are compared by identity.
  @Override
  public List<Setting<?>> settings() {
    return settings;
  }

  @Override
  public SinkDefaults defaults(Settings values) {
    try (PluginClassLoader.Stay _ = loader.enter()) {
      return Objects.requireNonNull(provider.defaults(values));
    } catch (Throwable e) {
      // Nobody can be told here; open() can, which comes later and, thanks to the start of the
      // lane's thread in between, sees this.
      fault = jarName + " (mode " + mode + ") cannot say what suits it: " + Fault.of(e);
      return SinkDefaults.NONE;
    }
  }

  @Override
  public Sink open(SinkContext context) {
    if (fault != null) {
      context.diagnostics().warn(fault + "; the defaults are used");
    }
    try (PluginClassLoader.Stay _ = loader.enter()) {
      Sink sink = provider.open(context);
      return new PluginSink(sink, Objects.requireNonNull(sink.limits()), jarName, loader);
    } catch (IllegalArgumentException contradiction) {
      throw contradiction;
    } catch (Throwable e) {
      throw new IllegalArgumentException(jarName + ": " + Fault.of(e), e);
    }
  }
}
