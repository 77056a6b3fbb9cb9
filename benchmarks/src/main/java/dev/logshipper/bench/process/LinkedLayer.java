package dev.logshipper.bench.process;

import dev.logshipper.bundle.TrustStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A layer with one more JVM option, made of links to the files of the shipped one: the same pages
/// in memory, and no copies on disk.
final class LinkedLayer {
  private static final String OPTIONS = "jvm.options";

  private LinkedLayer() {}

  /// Creates a layer that trusts a certificate.
  ///
  /// @param folder an empty folder for the layer
  /// @return the layer's folder `extensions`
  static Path trusting(String certificatePem, Path layer, Path folder) throws IOException {
    Path extensions = Files.createDirectory(folder.resolve("extensions"));
    Files.copy(
        layer.resolve("extensions/log-shipper"),
        extensions.resolve("log-shipper"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Path files = Files.createDirectory(folder.resolve("log-shipper"));
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(layer.resolve("log-shipper").toAbsolutePath())) {
      for (Path entry : entries) {
        Path target = files.resolve(entry.getFileName());
        if (entry.endsWith(OPTIONS)) {
          Files.copy(entry, target);
        } else {
          Files.createSymbolicLink(target, entry);
        }
      }
    }
    TrustStore trusted = TrustStore.ofJdk();
    trusted.add(certificatePem);
    Files.write(
        files.resolve(OPTIONS),
        trusted.writeTo(folder.resolve("trusted.jks")),
        StandardOpenOption.APPEND);
    return extensions;
  }
}
