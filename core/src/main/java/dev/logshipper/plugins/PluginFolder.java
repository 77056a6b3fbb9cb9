package dev.logshipper.plugins;

import dev.logshipper.config.Setting;
import dev.logshipper.sink.SinkProvider;
import java.io.File;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One folder of a stranger: its jars share a class loader, and its name is the mode that one of
/// them offers.
final class PluginFolder {
  private static final String MODE_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789-";
  private static final int PROVIDERS_MAX = 50;
  private static final int LINE_CHARS_MAX = 600;

  private final String mode;
  private final List<String> failures;
  private @Nullable PluginProvider found;

  /// @param mode the folder's name
  /// @param failures gets a line for each jar that is left out
  PluginFolder(String mode, List<String> failures) {
    this.mode = mode;
    this.failures = failures;
  }

  /// @param files in the order in which they are asked; the first that offers the mode has it
  /// @param isTaken whether a bundled sink has the mode, so that nothing here is run
  Optional<SinkProvider> load(List<File> files, boolean isTaken) {
    List<PluginJar> jars = readable(files);
    List<PluginJar> offering = new ArrayList<>();
    for (PluginJar jar : jars) {
      if (jar.offersSink()) {
        offering.add(jar);
      }
    }
    if (offering.isEmpty() && !jars.isEmpty()) {
      fail(jars, "no jar of the folder offers a sink; expected " + PluginJar.SERVICE_FILE);
    } else if (isTaken) {
      refuse(offering, "the layer has a sink of that mode; expected a folder with another name");
    } else if (!isMode()) {
      refuse(offering, "the folder's name is no mode; expected lower-case letters, digits, dashes");
    } else if (!offering.isEmpty()) {
      PluginClassLoader loader = PluginClassLoader.of(jars);
      try (PluginClassLoader.Stay _ = loader.enter()) {
        for (PluginJar jar : offering) {
          ask(jar, loader);
        }
      }
    }
    return Optional.ofNullable(found);
  }

  private List<PluginJar> readable(List<File> files) {
    List<PluginJar> jars = new ArrayList<>();
    for (File file : files) {
      PluginJar jar = PluginJar.of(file);
      if (jar.flaw() == null) {
        jars.add(jar);
      } else {
        fail(List.of(jar), jar.flaw());
      }
    }
    return jars;
  }

  private boolean isMode() {
    for (int i = 0; i < mode.length(); i++) {
      if (MODE_CHARS.indexOf(mode.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private void ask(PluginJar jar, PluginClassLoader loader) {
    int failuresBefore = failures.size();
    boolean isNamed = false;
    Iterator<SinkProvider> iterator = jar.services(loader).iterator();
    for (int i = 0; i < PROVIDERS_MAX; i++) {
      try {
        if (!iterator.hasNext()) {
          break;
        }
        isNamed = true;
        judge(jar, iterator.next(), loader);
      } catch (Throwable e) {
        // A stranger's code may throw anything: stack overflows, linkage errors, and exceptions
        // that
        // its language does not make it declare.
        fail(jar, Fault.of(e));
      }
    }
    if (!isNamed && failures.size() == failuresBefore) {
      fail(jar, PluginJar.SERVICE_FILE + " names no class; expected that of a sink's provider");
    }
  }

  private void judge(PluginJar jar, SinkProvider provider, PluginClassLoader loader) {
    String said = provider.mode();
    if (!mode.equals(said)) {
      fail(jar, "it says that its mode is " + said + "; expected " + mode + ", its folder's name");
    } else if (found != null) {
      fail(jar, found.jarName() + " offers that mode already");
    } else {
      List<Setting<?>> settings = List.copyOf(provider.settings());
      for (Setting<?> setting : settings) {
        Objects.requireNonNull(setting.name());
        Objects.requireNonNull(setting.expected());
      }
      found = new PluginProvider(mode, settings, provider, jar.name(), loader);
    }
  }

  private void refuse(List<PluginJar> jars, String reason) {
    for (PluginJar jar : jars) {
      fail(jar, reason);
    }
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
