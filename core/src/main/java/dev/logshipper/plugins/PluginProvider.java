package dev.logshipper.plugins;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A plugin's provider and sink as core sees them. The plugin's code runs with its own context
/// class loader, each value that is constant by contract is read once, and errors that the SPI does
/// not allow are converted into messages with the jar's name.
final class PluginProvider implements SinkProvider {
  private final SinkProvider provider;
  private final String mode;
  private final List<Setting<?>> settings;
  final String jarName;
  private final PluginClassLoader loader;
  private @Nullable String defaultsProblem;

  /// @param mode checked already
  PluginProvider(SinkProvider provider, String mode, String jarName, PluginClassLoader loader) {
    this.provider = provider;
    this.mode = mode;
    this.settings = List.copyOf(provider.settings());
    this.jarName = jarName;
    this.loader = loader;
    for (Setting<?> setting : settings) {
      Objects.requireNonNull(setting.name());
      Objects.requireNonNull(setting.expected());
    }
  }

  @Override
  public String mode() {
    return mode;
  }

  /// None: the folder names the plugin.
  @Override
  public List<String> aliases() {
    return List.of();
  }

  @Override
  public int spiVersion() {
    return Spi.VERSION;
  }

  /// Always the same objects, because settings are compared by identity.
  @Override
  public List<Setting<?>> settings() {
    return settings;
  }

  @Override
  public SinkDefaults defaults(Settings values) {
    try (PluginClassLoader.Scope _ = loader.enter()) {
      return Objects.requireNonNull(provider.defaults(values));
    } catch (Throwable e) {
      // Reported by open(), which has diagnostics; the start of the lane's thread in between makes
      // the field visible to it.
      defaultsProblem =
          jarName + " (mode " + mode + "): defaults() " + PluginClassLoader.describe(e);
      return SinkDefaults.NONE;
    }
  }

  @Override
  public List<String> contradictions(Settings values) {
    try (PluginClassLoader.Scope _ = loader.enter()) {
      return List.copyOf(provider.contradictions(values));
    } catch (Throwable _) {
      // Not known, then: open() reports the failure of a plugin.
      return List.of();
    }
  }

  @Override
  public Sink open(SinkContext context) {
    if (defaultsProblem != null) {
      context.diagnostics().warn(defaultsProblem + "; using core's defaults");
    }
    try (PluginClassLoader.Scope _ = loader.enter()) {
      Sink sink = provider.open(context);
      BatchLimits limits = Objects.requireNonNull(sink.limits());
      return new PluginSink(sink, limits, jarName, loader, context.diagnostics());
    } catch (IllegalArgumentException contradiction) {
      throw contradiction;
    } catch (Throwable e) {
      throw new IllegalArgumentException(jarName + ": " + PluginClassLoader.describe(e), e);
    }
  }

  /// @param limits read once (rule S2)
  record PluginSink(
      Sink sink,
      BatchLimits limits,
      String jarName,
      PluginClassLoader loader,
      Diagnostics diagnostics)
      implements Sink {

    @Override
    public SendResult send(Batch batch, Deadline deadline)
        throws IOException, InterruptedException {
      try (PluginClassLoader.Scope _ = loader.enter()) {
        return sink.send(batch, deadline);
      } catch (IOException | InterruptedException | RuntimeException e) {
        throw e;
      } catch (Throwable e) {
        return SendResult.notSent(jarName + ": " + PluginClassLoader.describe(e));
      } finally {
        reportOutput();
      }
    }

    @Override
    public void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {
      try (PluginClassLoader.Scope _ = loader.enter()) {
        sink.warmUp(batch, deadline);
      } catch (InterruptedException e) {
        throw e;
      } catch (Throwable ignoredByCore) {
        throw new IOException(ignoredByCore);
      }
    }

    @Override
    public void close() {
      try (PluginClassLoader.Scope _ = loader.enter()) {
        sink.close();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable undeclared) {
        throw new IllegalStateException(undeclared);
      } finally {
        reportOutput();
      }
    }

    /// Diagnostics print the line once.
    private void reportOutput() {
      if (loader.hasPrinted) {
        diagnostics.warn(
            jarName + ": output to System.out and System.err is discarded; expected Diagnostics");
      }
    }

    @Override
    public String toString() {
      return sink.toString();
    }
  }
}
