package dev.logshipper.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The providers of the bundled jars in one file, so that core need not open every jar at its
/// start.
///
/// @param providers class names, in the order of the class path
record ProviderList(List<String> providers) {
  private static final String SERVICE = "META-INF/services/dev.logshipper.sink.SinkProvider";

  static ProviderList of(Collection<Path> jars) throws IOException {
    List<String> providers = new ArrayList<>();
    for (Path jar : jars) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        ZipEntry entry = zip.getEntry(SERVICE);
        if (entry != null) {
          providers.addAll(lines(zip, entry));
        }
      }
    }
    return new ProviderList(providers);
  }

  private static List<String> lines(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream content = zip.getInputStream(entry)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /// Writes the file to the path that it would have in a jar.
  void writeTo(Path folder) throws IOException {
    Path file = folder.resolve(SERVICE);
    Files.createDirectories(file.getParent());
    Files.write(file, providers);
  }
}
