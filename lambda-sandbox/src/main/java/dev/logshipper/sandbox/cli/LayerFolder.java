package dev.logshipper.sandbox.cli;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Layers on this machine's file system: a single folder as it is; a zip, with the permissions that
/// it states, or several layers, in a temporary folder.
final class LayerFolder implements AutoCloseable {

  private final Path folder;
  private final @Nullable Path temporary;

  private LayerFolder(Path folder, @Nullable Path temporary) {
    this.folder = folder;
    this.temporary = temporary;
  }

  /// Merges the layers as Lambda does: of equal files, that of the last layer counts.
  ///
  /// @throws IllegalArgumentException with one line, when one is no layer, or none has an extension
  static LayerFolder of(List<Path> layers) throws IOException {
    for (Path layer : layers) {
      if (!Files.exists(layer)) {
        throw new IllegalArgumentException(
            "--layer " + layer + ": there is no such file or folder");
      }
    }
    boolean asItIs = layers.size() == 1 && Files.isDirectory(layers.getFirst());
    LayerFolder opened = asItIs ? new LayerFolder(layers.getFirst(), null) : temporary();
    try {
      if (!asItIs) {
        for (Path layer : layers) {
          opened.add(layer);
        }
      }
      String given = layers.stream().map(Path::toString).collect(Collectors.joining(" --layer "));
      requireExtensions(opened.extensions(), "--layer " + given);
      return opened;
    } catch (IOException | IllegalArgumentException e) {
      opened.close();
      throw e;
    }
  }

  private static LayerFolder temporary() throws IOException {
    Path target = Files.createTempDirectory("sandbox-layer-");
    return new LayerFolder(target, target);
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

  private void add(Path layer) throws IOException {
    if (!Files.isReadable(layer)) {
      throw new IllegalArgumentException("--layer " + layer + ": no permission to read it");
    }
    if (Files.isDirectory(layer)) {
      copy(layer, folder);
      return;
    }
    try (FileSystem files =
        FileSystems.newFileSystem(
            layer,
            Map.of(
                "enablePosixFileAttributes", "true",
                // Those of an entry that states none: no program, as on Lambda.
                "defaultPermissions", "rw-r--r--"))) {
      copy(files.getPath("/"), folder);
    } catch (IOException | ProviderNotFoundException e) {
      throw new IllegalArgumentException("--layer " + layer + " is neither a folder nor a zip", e);
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
          Path _ = Files.copy(entry, copy, REPLACE_EXISTING, COPY_ATTRIBUTES);
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
