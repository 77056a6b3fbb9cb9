package dev.logshipper.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// snappy-java in the layer: the jar without its 20 native libraries (2 MB), and next to it the one
/// for the layer's processor, where the sink finds it. From inside the jar, it would be copied to
/// the function's temporary folder at each start.
final class SnappyJar {
  private static final String PREFIX = "snappy-java-";
  private static final String NATIVE = "org/xerial/snappy/native/";
  private static final String LIBRARY = "libsnappyjava.so";

  private SnappyJar() {}

  static boolean isOne(Path jar) {
    return String.valueOf(jar.getFileName()).startsWith(PREFIX);
  }

  static void copy(Path jar, Processor processor, Path target) throws IOException {
    new JarCopy(name -> !name.startsWith(NATIVE), null).write(jar, target);
    try (ZipFile source = new ZipFile(jar.toFile())) {
      ZipEntry library =
          source.getEntry(NATIVE + "Linux/" + processor.snappyName() + "/" + LIBRARY);
      try (InputStream in = source.getInputStream(library)) {
        Files.copy(in, target.resolveSibling(LIBRARY));
      }
    }
  }
}
