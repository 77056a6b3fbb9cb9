package dev.logshipper.settings;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/// Gives `ServiceLoader` the list of bundled sinks that was built with the layer. Without it, it
/// opens every jar of the class path, which took a quarter of the start.
final class SinkIndexClassLoader extends ClassLoader {
  private final File folder;

  /// @param folder contains `META-INF/services/`, as a jar would; if it does not, the class path is
  ///   searched
  SinkIndexClassLoader(File folder, ClassLoader classPath) {
    super(classPath);
    this.folder = folder;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    File listed = new File(folder, name);
    return listed.isFile()
        ? Collections.enumeration(List.of(listed.toURI().toURL()))
        : super.getResources(name);
  }
}
