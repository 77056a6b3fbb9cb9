package dev.logshipper.plugins;

import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
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

  private static final String LINK_HINT =
      "expected it in the folder's jars, version " + Spi.VERSION + " of the SPI, or the JDK";

  static {
    registerAsParallelCapable();
  }

  /// Whether the plugin has printed to `System.out` or `System.err`.
  volatile boolean hasPrinted;

  /// @param name the folder's
  PluginClassLoader(String name) {
    super(name, new URL[0], ClassLoader.getPlatformClassLoader());
  }

  void add(File jar) throws MalformedURLException {
    addURL(jar.toURI().toURL());
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

  /// Calls the constructor of a provider; null when the class cannot be one.
  @Nullable SinkProvider create(String className) throws ReflectiveOperationException {
    Constructor<? extends SinkProvider> constructor;
    try {
      Class<?> type = Class.forName(className, false, this);
      constructor = type.asSubclass(SinkProvider.class).getConstructor();
    } catch (ClassNotFoundException | ClassCastException | NoSuchMethodException _) {
      return null;
    }
    return constructor.newInstance();
  }

  /// Describes what a plugin's code threw. Only the class of an exception is shown, because its
  /// message may contain a secret. The JVM writes the messages of linkage errors.
  static String describe(Throwable thrown) {
    if (thrown.getCause() != null
        && (thrown instanceof InvocationTargetException
            || thrown instanceof ExceptionInInitializerError)) {
      return describe(thrown.getCause());
    }
    return thrown instanceof LinkageError
        ? "failed to link (" + thrown + "); " + LINK_HINT
        : "failed with " + thrown.getClass().getName();
  }

  /// A section of core that runs a plugin's code.
  record Scope(Thread thread, @Nullable ClassLoader previous) implements AutoCloseable {
    @Override
    public void close() {
      thread.setContextClassLoader(previous);
    }
  }
}
