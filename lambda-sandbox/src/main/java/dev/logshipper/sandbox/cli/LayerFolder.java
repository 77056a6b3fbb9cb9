package dev.logshipper.sandbox.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A layer on this machine's file system: a folder as it is, or a zip, unpacked into a temporary
/// folder with the permissions that it states.
final class LayerFolder implements AutoCloseable {

  private final Path folder;
  private final @Nullable Path temporary;

  private LayerFolder(Path folder, @Nullable Path temporary) {
    this.folder = folder;
    this.temporary = temporary;
  }

  /// @throws IllegalArgumentException with one line, when it is no layer
  static LayerFolder of(Path layer) throws IOException {
    if (!Files.exists(layer)) {
      throw new IllegalArgumentException("--layer " + layer + ": there is no such file or folder");
    }
    LayerFolder opened = Files.isDirectory(layer) ? new LayerFolder(layer, null) : unpacked(layer);
    try {
      requireExtensions(opened.extensions(), "--layer " + layer);
      return opened;
    } catch (IllegalArgumentException e) {
      opened.close();
      throw e;
    }
  }

  /// @throws IllegalArgumentException with one line, when there is no file in the folder
  static void requireExtensions(Path extensions, String option) throws IOException {
    if (!Files.isDirectory(extensions)) {
      throw new IllegalArgumentException(
          option + " is no layer with an extension: expected a folder extensions/ in it");
    }
    if (!Files.isReadable(extensions)) {
      throw new IllegalArgumentException(option + ": no permission to read " + extensions);
    }
    try (Stream<Path> files = Files.list(extensions)) {
      if (files.noneMatch(Files::isRegularFile)) {
        throw new IllegalArgumentException(
            option + " has no extension: expected a program in " + extensions);
      }
    }
  }

  Path extensions() {
    return folder.resolve("extensions");
  }

  private static LayerFolder unpacked(Path zip) throws IOException {
    if (!Files.isReadable(zip)) {
      throw new IllegalArgumentException("--layer " + zip + ": no permission to read it");
    }
    Path target = Files.createTempDirectory("sandbox-layer-");
    LayerFolder layer = new LayerFolder(target, target);
    try (FileSystem files =
        FileSystems.newFileSystem(
            zip,
            Map.of(
                "enablePosixFileAttributes", "true",
                // Those of an entry that states none: no program, as on Lambda.
                "defaultPermissions", "rw-r--r--"))) {
      copy(files.getPath("/"), target);
      return layer;
    } catch (IOException | ProviderNotFoundException e) {
      layer.close();
      throw new IllegalArgumentException("--layer " + zip + " is neither a folder nor a zip", e);
    }
  }

  private static void copy(Path root, Path target) throws IOException {
    try (Stream<Path> entries = Files.walk(root)) {
      for (Path entry : entries.toList()) {
        Path copy = target.resolve(root.relativize(entry).toString()).normalize();
        if (!copy.startsWith(target)) {
          throw new IOException("an entry outside of the layer: " + entry);
        }
        if (Files.isDirectory(entry)) {
          Path _ = Files.createDirectories(copy);
        } else {
          Path _ = Files.copy(entry, copy);
          Set<PosixFilePermission> permissions =
              new HashSet<>(Files.getPosixFilePermissions(entry));
          permissions.add(PosixFilePermission.OWNER_WRITE);
          Path _ = Files.setPosixFilePermissions(copy, permissions);
        }
      }
    }
  }

  @Override
  public void close() {
    if (temporary == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(temporary)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        boolean _ = Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // It is in the temporary folder, which the system cleans.
    }
  }
}
