package dev.logshipper;

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

/// The sinks that were found, and the jars that should have offered one and failed. A bad jar never
/// costs the others.
///
/// @param providers one for each mode
/// @param failures a line for each jar or provider that cannot be used
record SinkSelector(List<SinkProvider> providers, List<String> failures) {
  private static final int FAILURES_MAX = 50;

  /// Finds the bundled sinks on the class path, then those that other layers have put beside them.
  ///
  /// @param listed the folder with the list of the bundled ones; empty: the class path is searched
  /// @param strangers the folder `sinks` of the layer; empty: nobody else's are looked for
  /// @param classPath the jars of the bundled ones
  static SinkSelector load(String listed, String strangers, String classPath) {
    SinkSelector bundled = bundled(listed);
    PluginDirectory others = PluginDirectory.in(new File(strangers), classPath, bundled.modeSet());
    List<SinkProvider> providers = new ArrayList<>(bundled.providers);
    providers.addAll(others.providers());
    List<String> failures = new ArrayList<>(bundled.failures);
    failures.addAll(others.failures());
    return new SinkSelector(List.copyOf(providers), List.copyOf(failures));
  }

  private static SinkSelector bundled(String listed) {
    ClassLoader classPath = Thread.currentThread().getContextClassLoader();
    ClassLoader loader =
        listed.isEmpty() ? classPath : new ListedSinks(new File(listed), classPath);
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
        failures.add("a sink cannot be loaded and is left out: " + e.getMessage());
      }
    }
    return new SinkSelector(List.copyOf(found), List.copyOf(failures));
  }

  /// Whether a provider can say what it is: in a container image the class path may be anything.
  private static boolean isUsable(SinkProvider provider, List<String> failures) {
    try {
      Objects.requireNonNull(provider.mode());
      List.copyOf(provider.settings());
      return true;
    } catch (RuntimeException | LinkageError e) {
      failures.add(
          provider.getClass().getName() + " is left out: it fails with " + e.getClass().getName());
      return false;
    }
  }

  private static void add(SinkProvider provider, List<SinkProvider> found, List<String> failures) {
    for (SinkProvider other : found) {
      if (other.mode().equals(provider.mode())) {
        failures.add(
            provider.getClass().getName()
                + " is left out: "
                + other.getClass().getName()
                + " offers the mode "
                + provider.mode()
                + " already");
        return;
      }
    }
    found.add(provider);
  }

  /// The provider of a mode.
  Optional<SinkProvider> find(String mode) {
    for (SinkProvider provider : providers) {
      if (provider.mode().equals(mode)) {
        return Optional.of(provider);
      }
    }
    return Optional.empty();
  }

  /// The modes found, for messages.
  String modes() {
    return String.join(", ", modeSet());
  }

  private Set<String> modeSet() {
    Set<String> modes = new LinkedHashSet<>();
    for (SinkProvider provider : providers) {
      modes.add(provider.mode());
    }
    return modes;
  }
}
