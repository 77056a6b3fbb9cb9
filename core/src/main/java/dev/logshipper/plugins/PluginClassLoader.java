package dev.logshipper.plugins;

import dev.logshipper.sink.SinkProvider;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Classes and resources of one stranger's folder. It sees the JDK, the packages of core that are
/// there for sinks, and its own jars; not core's other packages, not the bundled sinks, not their
/// libraries. So its OkHttp, Jackson or Kotlin may be of another version than ours.
final class PluginClassLoader extends URLClassLoader {
  /// What a sink may rely on: the same for ours and for a stranger's. These come from core even
  /// where a stranger's jar holds a copy.
  private static final Set<String> SHARED_PACKAGES =
      Set.of(
          "dev.logshipper.sink",
          "dev.logshipper.config",
          "dev.logshipper.format",
          "dev.logshipper.sink.support",
          "dev.logshipper.sink.support.text");

  static {
    registerAsParallelCapable();
  }

  private PluginClassLoader(String name, URL[] jars) {
    super(name, jars, ClassLoader.getPlatformClassLoader());
  }

  /// @param jars of one folder
  static PluginClassLoader of(List<PluginJar> jars) {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = jars.get(i).url();
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

  /// Makes this the context class loader of the current thread until the answer is closed: many
  /// libraries look up their own parts by it.
  Stay enter() {
    Thread thread = Thread.currentThread();
    Stay stay = new Stay(thread, thread.getContextClassLoader());
    thread.setContextClassLoader(this);
    return stay;
  }

  /// A stranger's code is running.
  record Stay(Thread thread, @Nullable ClassLoader usual) implements AutoCloseable {
    @Override
    public void close() {
      thread.setContextClassLoader(usual);
    }
  }
}
