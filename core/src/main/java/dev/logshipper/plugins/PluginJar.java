package dev.logshipper.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.SinkProvider;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// One file of a plugin's folder.
///
/// @param name with its folder, for messages: `sinks/acme/acme.jar`
/// @param provider class name of the provider that it offers; null for a library
/// @param problem why it cannot be used; null when it can
record PluginJar(File file, String name, @Nullable String provider, @Nullable String problem) {
  static final String SERVICE_FILE = "META-INF/services/" + SinkProvider.class.getName();

  /// Reads the file without running any of its code.
  static PluginJar of(File file) {
    String name = "sinks/" + file.getParentFile().getName() + "/" + file.getName();
    if (!file.isFile()) {
      String kind = file.isDirectory() ? "it is a folder" : "it is a dangling link";
      return new PluginJar(file, name, null, kind + "; expected a jar");
    }
    if (!file.canRead()) {
      return new PluginJar(file, name, null, "not readable; expected a jar that any user may read");
    }
    try (ZipFile zip = new ZipFile(file)) {
      ZipEntry entry = zip.getEntry(SERVICE_FILE);
      if (entry == null) {
        return new PluginJar(file, name, null, null);
      }
      List<String> providers = providers(zip, entry);
      return providers.size() == 1
          ? new PluginJar(file, name, providers.getFirst(), null)
          : new PluginJar(
              file,
              name,
              null,
              SERVICE_FILE + " names " + providers.size() + " providers; expected one");
    } catch (IOException | RuntimeException _) {
      return new PluginJar(file, name, null, "damaged or not a jar; expected a jar");
    }
  }

  /// The constructor of the provider; null when its class cannot be one.
  @Nullable Constructor<? extends SinkProvider> constructor(PluginClassLoader loader) {
    try {
      Class<?> type = Class.forName(provider, false, loader);
      return SinkProvider.class.isAssignableFrom(type)
          ? type.asSubclass(SinkProvider.class).getConstructor()
          : null;
    } catch (ClassNotFoundException | NoSuchMethodException _) {
      return null;
    }
  }

  /// The class names in a service file: one per line, `#` begins a comment.
  private static List<String> providers(ZipFile zip, ZipEntry serviceFile) throws IOException {
    List<String> names = new ArrayList<>();
    try (InputStream in = zip.getInputStream(serviceFile)) {
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n", -1)) {
        int comment = line.indexOf('#');
        String className = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (!className.isEmpty()) {
          names.add(className);
        }
      }
    }
    return names;
  }
}
