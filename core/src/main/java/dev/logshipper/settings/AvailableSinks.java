package dev.logshipper.settings;

import dev.logshipper.config.NearestName;
import dev.logshipper.plugins.PluginDirectory;
import dev.logshipper.sink.SinkProvider;
import java.io.File;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The sinks that can be selected, and the jars that failed to provide one. A bad jar does not
/// affect the others.
///
/// @param providers one per mode
/// @param failures a line per jar or provider that cannot be used
public record AvailableSinks(List<SinkProvider> providers, List<String> failures) {
  private static final int FAILURES_MAX = 50;

  /// The modes of the complete layer, with their aliases.
  private static final List<String> COMPLETE = List.of("http", "kinesis", "firehose", "s3", "loki");

  /// Finds the bundled sinks on the class path, then the plugins of other layers.
  ///
  /// @param index the folder with the list of the bundled sinks; empty: the class path is searched
  /// @param plugins the folder `sinks` of the layer; empty: there are no plugins
  /// @param classPath the jars of the bundled sinks
  public static AvailableSinks load(String index, String plugins, String classPath) {
    AvailableSinks bundled = bundled(index);
    PluginDirectory others = PluginDirectory.in(new File(plugins), classPath, bundled.modeSet());
    List<SinkProvider> providers = new ArrayList<>(bundled.providers);
    providers.addAll(others.providers());
    List<String> failures = new ArrayList<>(bundled.failures);
    failures.addAll(others.failures());
    return new AvailableSinks(List.copyOf(providers), List.copyOf(failures));
  }

  private static AvailableSinks bundled(String index) {
    ClassLoader classPath = Thread.currentThread().getContextClassLoader();
    ClassLoader loader =
        index.isEmpty() ? classPath : new SinkIndexClassLoader(new File(index), classPath);
    List<SinkProvider> found = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    Iterator<SinkProvider> iterator = ServiceLoader.load(SinkProvider.class, loader).iterator();
    while (failures.size() < FAILURES_MAX) {
      try {
        if (!iterator.hasNext()) {
          break;
        }
        SinkProvider provider = iterator.next();
        if (isUsable(provider, failures)) {
          add(provider, found, failures);
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        failures.add("a sink cannot be loaded and is ignored: " + e.getMessage());
      }
    }
    return new AvailableSinks(List.copyOf(found), List.copyOf(failures));
  }

  /// Whether a provider responds: in a container image the class path may contain anything.
  private static boolean isUsable(SinkProvider provider, List<String> failures) {
    try {
      Objects.requireNonNull(provider.mode());
      List.copyOf(provider.settings());
      List.copyOf(provider.aliases());
      return true;
    } catch (RuntimeException | LinkageError e) {
      failures.add(
          provider.getClass().getName() + " is ignored: it fails with " + e.getClass().getName());
      return false;
    }
  }

  private static void add(SinkProvider provider, List<SinkProvider> found, List<String> failures) {
    for (SinkProvider other : found) {
      if (other.mode().equals(provider.mode())) {
        failures.add(
            provider.getClass().getName()
                + " is ignored: "
                + other.getClass().getName()
                + " offers the mode "
                + provider.mode()
                + " already");
        return;
      }
    }
    found.add(provider);
  }

  /// The provider of a mode, or of an alias that is no mode.
  Optional<SinkProvider> find(String mode) {
    for (SinkProvider provider : providers) {
      if (provider.mode().equals(mode)) {
        return Optional.of(provider);
      }
    }
    for (SinkProvider provider : providers) {
      if (provider.aliases().contains(mode)) {
        return Optional.of(provider);
      }
    }
    return Optional.empty();
  }

  /// The mode or alias that an unknown one is probably meant to be; null if none is near.
  @Nullable String nearest(String unknown) {
    Set<String> names = modeSet();
    for (SinkProvider provider : providers) {
      names.addAll(provider.aliases());
    }
    return NearestName.of(unknown, names, Math.max(1, unknown.length() / 3));
  }

  /// The modes found, for messages.
  String modes() {
    return String.join(", ", modeSet());
  }

  /// The modes and aliases of the complete layer that this one lacks.
  List<String> absent() {
    List<String> absent = new ArrayList<>();
    for (String mode : COMPLETE) {
      if (find(mode).isEmpty()) {
        absent.add(mode);
      }
    }
    return absent;
  }

  /// The modes that may be selected, to follow a wrong one.
  String expected() {
    return (providers.size() == 1 ? "this layer has only " : "expected one of ") + modes();
  }

  private Set<String> modeSet() {
    Set<String> modes = new LinkedHashSet<>();
    for (SinkProvider provider : providers) {
      modes.add(provider.mode());
    }
    return modes;
  }
}
