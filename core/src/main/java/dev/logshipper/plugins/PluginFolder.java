package dev.logshipper.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// One folder of a plugin: its jars share a class loader, and its name is the mode of the sink that
/// one of them offers.
final class PluginFolder {
  private static final String SERVICE_FILE = "META-INF/services/" + SinkProvider.class.getName();
  private static final String MODE_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789-";
  private static final String NOT_A_PROVIDER =
      " is not a class of the folder's jars that implements SinkProvider and has a public"
          + " constructor without parameters";
  private static final int LINE_CHARS_MAX = 600;

  private final String mode;
  private final List<String> failures;
  private final PluginClassLoader loader;
  private final List<String> jars = new ArrayList<>();

  /// The jars that name a provider, and its class. The others are libraries.
  private final Map<String, String> offers = new LinkedHashMap<>();

  /// @param mode the folder's name
  /// @param failures gets a line for each jar that is left out
  PluginFolder(String mode, List<String> failures) {
    this.mode = mode;
    this.failures = failures;
    this.loader = new PluginClassLoader(mode);
  }

  /// Loads the provider of the first jar that offers the mode.
  ///
  /// @param isBundled whether a bundled sink has the mode, so that no code of the folder may run
  @Nullable SinkProvider load(List<File> files, boolean isBundled) {
    for (File file : files) {
      read(file, "sinks/" + mode + "/" + file.getName());
    }
    String fault = fault(isBundled);
    if (fault == null) {
      return loadFirst();
    }
    if (!jars.isEmpty()) {
      fail(String.join(", ", jars), fault);
    }
    return null;
  }

  /// Runs none of the jar's code.
  private void read(File file, String jar) {
    try (ZipFile zip = new ZipFile(file)) {
      ZipEntry serviceFile = zip.getEntry(SERVICE_FILE);
      if (serviceFile != null) {
        List<String> names = names(zip.getInputStream(serviceFile));
        if (names.size() != 1) {
          fail(jar, SERVICE_FILE + " names " + names.size() + " providers; expected one");
          return;
        }
        offers.put(jar, names.getFirst());
      }
      loader.add(file);
      jars.add(jar);
    } catch (IOException | RuntimeException _) {
      fail(jar, "not a readable jar; expected an intact jar that any user may read");
    }
  }

  /// The class names in a service file: one per line, `#` begins a comment.
  private static List<String> names(InputStream serviceFile) throws IOException {
    List<String> names = new ArrayList<>();
    for (String line : new String(serviceFile.readAllBytes(), UTF_8).split("\n", -1)) {
      int comment = line.indexOf('#');
      String name = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  private @Nullable String fault(boolean isBundled) {
    if (offers.isEmpty()) {
      return "no jar of the folder offers a sink; expected " + SERVICE_FILE;
    }
    if (isBundled) {
      return "the layer has a sink of that mode; expected a folder with another name";
    }
    for (int i = 0; i < mode.length(); i++) {
      if (MODE_CHARS.indexOf(mode.charAt(i)) < 0) {
        return "the folder's name is not a mode; expected lower-case letters, digits, dashes";
      }
    }
    return null;
  }

  private @Nullable PluginProvider loadFirst() {
    PluginOutput.discard();
    PluginProvider first = null;
    try (PluginClassLoader.Scope _ = loader.enter()) {
      for (Map.Entry<String, String> offer : offers.entrySet()) {
        if (first == null) {
          first = load(offer.getKey(), offer.getValue());
        } else {
          fail(offer.getKey(), first.jarName + " offers that mode already");
        }
      }
    }
    return first;
  }

  private @Nullable PluginProvider load(String jar, String className) {
    try {
      SinkProvider provider = loader.create(className);
      if (provider == null) {
        fail(jar, className + NOT_A_PROVIDER);
      } else if (provider.spiVersion() != Spi.VERSION) {
        fail(
            jar,
            "built against version "
                + provider.spiVersion()
                + " of the SPI; expected version "
                + Spi.VERSION);
      } else if (!mode.equals(provider.mode())) {
        fail(
            jar,
            "its mode is " + provider.mode() + "; expected " + mode + ", the name of its folder");
      } else {
        return new PluginProvider(provider, mode, jar, loader);
      }
    } catch (Throwable e) {
      // Third-party code may throw anything: stack overflows, linkage errors, and exceptions that
      // its language does not require it to declare.
      fail(jar, PluginClassLoader.describe(e));
    }
    return null;
  }

  private void fail(String jars, String reason) {
    String line = jars + " (mode " + mode + ") left out: " + reason;
    failures.add(line.length() > LINE_CHARS_MAX ? line.substring(0, LINE_CHARS_MAX) + "…" : line);
  }
}
