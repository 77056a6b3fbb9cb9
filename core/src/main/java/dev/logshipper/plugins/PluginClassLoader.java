package dev.logshipper.plugins;

import dev.logshipper.sink.SinkProvider;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Classes and resources of one plugin's folder. They see the JDK, the packages of core that are
/// the SPI, and the folder's own jars; not core's other packages, the bundled sinks or their
/// libraries. A plugin may therefore bring its own version of OkHttp, Jackson or Kotlin.
final class PluginClassLoader extends URLClassLoader {
  /// The packages that sinks may use. They come from core even where a plugin's jar has a copy.
  private static final Set<String> SHARED_PACKAGES =
      Set.of(
          "dev.logshipper.sink",
          "dev.logshipper.sink.support",
          "dev.logshipper.sink.support.text",
          "dev.logshipper.config");

  static {
    registerAsParallelCapable();
  }

  private volatile boolean hasPrinted;

  private PluginClassLoader(String name, URL[] jars) {
    super(name, jars, ClassLoader.getPlatformClassLoader());
  }

  /// @param jars of one folder
  static PluginClassLoader of(List<PluginJar> jars) {
    URL[] urls = new URL[jars.size()];
    try {
      for (int i = 0; i < urls.length; i++) {
        urls[i] = jars.get(i).file().toURI().toURL();
      }
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
    return new PluginClassLoader(jars.getFirst().file().getParentFile().getName(), urls);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    return SHARED_PACKAGES.contains(packageName)
        ? SinkProvider.class.getClassLoader().loadClass(name)
        : super.loadClass(name, resolve);
  }

  /// Makes this the context class loader of the current thread until the scope is closed: many
  /// libraries find their own parts through it, and [PluginOutput] finds the plugin.
  Scope enter() {
    Thread thread = Thread.currentThread();
    Scope scope = new Scope(thread, thread.getContextClassLoader());
    thread.setContextClassLoader(this);
    return scope;
  }

  /// Whether the plugin has printed to `System.out` or `System.err`.
  boolean hasPrinted() {
    return hasPrinted;
  }

  void printed() {
    hasPrinted = true;
  }

  /// A section of core that runs a plugin's code.
  record Scope(Thread thread, @Nullable ClassLoader previous) implements AutoCloseable {
    @Override
    public void close() {
      thread.setContextClassLoader(previous);
    }
  }
}
