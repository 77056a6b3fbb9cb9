package dev.logshipper.plugins;

import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import java.io.File;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One folder of a plugin: its jars share a class loader, and its name is the mode of the sink that
/// one of them offers.
///
/// @param mode the folder's name
/// @param failures gets a line for each jar that is left out
record PluginFolder(String mode, List<String> failures) {
  private static final String MODE_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789-";
  private static final int LINE_CHARS_MAX = 600;

  /// Loads the provider of the first jar that offers the mode.
  ///
  /// @param isBundled whether a bundled sink has the mode, so that no code of the folder may run
  @Nullable SinkProvider load(List<File> files, boolean isBundled) {
    List<PluginJar> jars = new ArrayList<>();
    List<PluginJar> offering = new ArrayList<>();
    for (File file : files) {
      PluginJar jar = PluginJar.of(file);
      if (jar.problem() != null) {
        fail(jar, jar.problem());
        continue;
      }
      jars.add(jar);
      if (jar.provider() != null) {
        offering.add(jar);
      }
    }
    if (jars.isEmpty()) {
      return null;
    }
    if (offering.isEmpty()) {
      fail(jars, "no jar of the folder offers a sink; expected " + PluginJar.SERVICE_FILE);
    } else if (isBundled) {
      fail(offering, "the layer has a sink of that mode; expected a folder with another name");
    } else if (!isMode()) {
      fail(
          offering, "the folder's name is not a mode; expected lower-case letters, digits, dashes");
    } else {
      return loadFirst(offering, PluginClassLoader.of(jars));
    }
    return null;
  }

  private boolean isMode() {
    for (int i = 0; i < mode.length(); i++) {
      if (MODE_CHARS.indexOf(mode.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private @Nullable PluginProvider loadFirst(List<PluginJar> offering, PluginClassLoader loader) {
    PluginOutput.discard();
    PluginProvider first = null;
    try (PluginClassLoader.Scope _ = loader.enter()) {
      for (PluginJar jar : offering) {
        if (first == null) {
          first = load(jar, loader);
        } else {
          fail(jar, first.jarName() + " offers that mode already");
        }
      }
    }
    return first;
  }

  private @Nullable PluginProvider load(PluginJar jar, PluginClassLoader loader) {
    try {
      Constructor<? extends SinkProvider> constructor = jar.constructor(loader);
      if (constructor == null) {
        fail(
            jar,
            jar.provider()
                + " is not a class of the folder's jars that implements SinkProvider and has a"
                + " public constructor without parameters");
        return null;
      }
      SinkProvider provider = constructor.newInstance();
      String problem = problem(provider);
      if (problem == null) {
        return new PluginProvider(provider, mode, jar.name(), loader);
      }
      fail(jar, problem);
    } catch (Throwable e) {
      // Third-party code may throw anything: stack overflows, linkage errors, and exceptions that
      // its language does not require it to declare.
      fail(jar, PluginErrors.describe(e));
    }
    return null;
  }

  private @Nullable String problem(SinkProvider provider) {
    int spiVersion;
    try {
      spiVersion = provider.spiVersion();
    } catch (LinkageError _) {
      return "built against another version of the SPI; expected version " + Spi.VERSION;
    }
    if (spiVersion != Spi.VERSION) {
      return "built against version " + spiVersion + " of the SPI; expected version " + Spi.VERSION;
    }
    String offered = provider.mode();
    return mode.equals(offered)
        ? null
        : "its mode is " + offered + "; expected " + mode + ", the name of its folder";
  }

  private void fail(PluginJar jar, String reason) {
    fail(List.of(jar), reason);
  }

  private void fail(List<PluginJar> jars, String reason) {
    List<String> names = new ArrayList<>();
    for (PluginJar jar : jars) {
      names.add(jar.name());
    }
    String line = String.join(", ", names) + " (mode " + mode + ") left out: " + reason;
    failures.add(line.length() > LINE_CHARS_MAX ? line.substring(0, LINE_CHARS_MAX) + "…" : line);
  }
}
