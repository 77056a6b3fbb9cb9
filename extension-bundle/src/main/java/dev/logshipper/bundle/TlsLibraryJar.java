package dev.logshipper.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// BoringSSL for the layer's processor, out of Maven's jar with only that library. It becomes a
/// file of the layer's Java runtime, where core loads it from, so that nothing is copied to the
/// function's temporary folder. Its name must stay: the library finds its Java classes by it.
final class TlsLibraryJar {
  private static final String PREFIX = "netty-tcnative-boringssl-static-";

  private TlsLibraryJar() {}

  /// @param classPath all jars that Maven resolved for the layer
  /// @param folder the runtime's `lib`
  static void extract(List<Path> classPath, Processor processor, Path folder) throws IOException {
    String suffix = processor.nettyName();
    Path jar =
        classPath.stream()
            .filter(each -> isOne(each, "-linux-" + suffix + ".jar"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(PREFIX + "* is no dependency"));
    String name = "libnetty_tcnative_linux_" + suffix + ".so";
    try (ZipFile source = new ZipFile(jar.toFile())) {
      ZipEntry library = source.getEntry("META-INF/native/" + name);
      try (InputStream in = source.getInputStream(library)) {
        long _ = Files.copy(in, folder.resolve(name));
      }
    }
  }

  private static boolean isOne(Path jar, String suffix) {
    String name = String.valueOf(jar.getFileName());
    return name.startsWith(PREFIX) && name.endsWith(suffix);
  }
}
