package dev.logshipper.plugins;

import dev.logshipper.sink.SinkProvider;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// One file in a stranger's folder.
///
/// @param name with its folder, for messages: `sinks/acme/acme.jar`
/// @param offersSink whether it names a provider, as opposed to being a library
/// @param flaw why it is no jar; null when it is one
record PluginJar(File file, String name, boolean offersSink, @Nullable String flaw) {
  static final String SERVICE_FILE = "META-INF/services/" + SinkProvider.class.getName();

  /// Looks at the file without running anything of it.
  static PluginJar of(File file) {
    String name = "sinks/" + file.getParentFile().getName() + "/" + file.getName();
    if (!file.isFile()) {
      String what = file.isDirectory() ? "it is a folder" : "it is a link to nothing";
      return new PluginJar(file, name, false, what + "; expected a jar");
    }
    if (!file.canRead()) {
      String flaw = "it cannot be read; expected a jar that any user may read";
      return new PluginJar(file, name, false, flaw);
    }
    try (ZipFile zip = new ZipFile(file)) {
      return new PluginJar(file, name, zip.getEntry(SERVICE_FILE) != null, null);
    } catch (IOException | RuntimeException _) {
      String flaw = "it is damaged or no jar at all; expected a jar";
      return new PluginJar(file, name, false, flaw);
    }
  }

  URL url() {
    return url(file.toURI());
  }

  /// The providers that this jar names, and no other jar of the folder: so a fault has a name.
  ServiceLoader<SinkProvider> services(PluginClassLoader loader) {
    URL serviceFile = url(URI.create("jar:" + file.toURI() + "!/" + SERVICE_FILE));
    return ServiceLoader.load(SinkProvider.class, new OneServiceFile(serviceFile, loader));
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The folder's classes, with one file as the only resource.
  private static final class OneServiceFile extends ClassLoader {
    private final URL file;

    OneServiceFile(URL file, ClassLoader folder) {
      super(folder);
      this.file = file;
    }

    @Override
    public Enumeration<URL> getResources(String name) {
      return Collections.enumeration(List.of(file));
    }
  }
}
