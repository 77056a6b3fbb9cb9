package dev.logshipper;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/// Shows `ServiceLoader` the list of bundled sinks that was made with the layer. Otherwise it opens
/// every jar of the class path to look for one, which took a quarter of the start.
final class ListedSinks extends ClassLoader {
  private final File folder;

  /// @param folder may hold `META-INF/services/`, as a jar would; where it does not, the class path
  ///   is searched
  ListedSinks(File folder, ClassLoader classPath) {
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
