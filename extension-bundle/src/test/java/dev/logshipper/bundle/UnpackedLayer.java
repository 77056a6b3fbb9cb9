package dev.logshipper.bundle;

import dev.logshipper.sandbox.destination.Destination;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;

/// The layer unpacked from its zip as by Lambda, but to another folder and with other dates.
public record UnpackedLayer(Path root) {
  private static final FileTime OTHER_DATE = FileTime.from(Instant.parse("2031-02-03T04:05:06Z"));

  public static UnpackedLayer in(Path root) throws IOException {
    return new UnpackedLayer(root).with(zip());
  }

  /// Unpacks another layer over this one, as Lambda merges layers.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException when both have a file of the same name
  public UnpackedLayer with(Path layer) throws IOException {
    Map<String, String> options = Map.of("enablePosixFileAttributes", "true");
    try (FileSystem zip = FileSystems.newFileSystem(layer, options)) {
      for (Path entry : new FileTree(zip.getPath("/")).sorted()) {
        Path file = root.resolve(entry.toString().substring(1));
        if (Files.isDirectory(entry)) {
          Files.createDirectories(file);
        } else {
          Files.copy(entry, file);
          Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(entry));
          Files.setLastModifiedTime(file, OTHER_DATE);
        }
      }
    }
    return this;
  }

  public Path extensions() {
    return root.resolve("extensions");
  }

  /// Lets its Java also trust a destination.
  public UnpackedLayer trusting(Destination destination) throws IOException {
    TrustStore trusted = TrustStore.ofJdk();
    trusted.add(destination.certificatePem());
    addJvmOptions(trusted.writeTo(root.resolve("trusted.jks")));
    return this;
  }

  /// Replaces its Java by a bash script, in which `$java` is the path of the real one.
  public UnpackedLayer withJava(String script) throws IOException {
    Path java = root.resolve("log-shipper/runtime/bin/java");
    Files.move(java, java.resolveSibling("real-java"));
    Files.writeString(java, "#!/bin/bash\njava=${0%/*}/real-java\n" + script);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  /// Adds options for its Java, one each.
  public void addJvmOptions(Iterable<String> options) throws IOException {
    Files.write(root.resolve("log-shipper/jvm.options"), options, StandardOpenOption.APPEND);
  }

  /// The zip of the layer under test, as the build made it.
  public static Path zip() {
    return Path.of("target", "log-shipper-" + Emulation.processor().lambdaName() + ".zip");
  }
}
