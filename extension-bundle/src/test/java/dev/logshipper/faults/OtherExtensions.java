package dev.logshipper.faults;

import dev.logshipper.sandbox.environment.BashExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A layer with a link to the shipped extension, to which others can be added.
///
/// @param root with the folder `extensions` in it
record OtherExtensions(Path root) {

  /// @param root need not exist
  static OtherExtensions in(Path root) throws IOException {
    Path extensions = Files.createDirectories(root.resolve("extensions"));
    Path launcher = FaultRunBuilder.LAYER.resolve("extensions/log-shipper").toAbsolutePath();
    Path _ = Files.createSymbolicLink(extensions.resolve("log-shipper"), launcher);
    return new OtherExtensions(root);
  }

  Path extensions() {
    return root.resolve("extensions");
  }

  /// Writes the extensions.
  BashExtension writer() {
    return new BashExtension(extensions());
  }
}
