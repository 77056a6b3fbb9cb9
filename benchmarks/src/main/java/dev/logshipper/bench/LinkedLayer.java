package dev.logshipper.bench;

import dev.logshipper.bundle.TrustStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A layer whose Java has one more option, made of links to the files of the shipped one: the same
/// pages in memory, and no copy of them on disk.
final class LinkedLayer {
  private static final String OPTIONS = "jvm.options";

  private LinkedLayer() {}

  /// Makes one whose Java trusts a stand-in.
  ///
  /// @param folder an empty one, for the layer
  /// @return its folder of extensions
  static Path trusting(String certificatePem, Path layer, Path folder) throws IOException {
    Path extensions = Files.createDirectory(folder.resolve("extensions"));
    Files.copy(
        layer.resolve("extensions/log-shipper"),
        extensions.resolve("log-shipper"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Path rest = Files.createDirectory(folder.resolve("log-shipper"));
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(layer.resolve("log-shipper").toAbsolutePath())) {
      for (Path entry : entries) {
        Path target = rest.resolve(entry.getFileName());
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
        rest.resolve(OPTIONS),
        trusted.writeTo(folder.resolve("trusted.jks")),
        StandardOpenOption.APPEND);
    return extensions;
  }
}
