package dev.logshipper.spool;

import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.pipeline.Spool;
import dev.logshipper.sink.Diagnostics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The spool's folder and its files: private, bounded in bytes, and never reached through links.
/// Thread-safe.
///
/// A file belongs to one lane and is written once: `loki-1764331200123-42-0.spool` is by process
/// 42.
public final class SpoolFolder implements Spool {
  private static final int MEBIBYTE_BITS = 20;
  private static final String NAME = "log-shipper-spool";
  private static final String SUFFIX = ".spool";
  private static final Set<StandardOpenOption> WRITE_NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path folder;
  private final long bytesMax;
  private final LongSupplier epochMillis;
  private final Diagnostics diagnostics;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger files = new AtomicInteger();

  private SpoolFolder(
      Path folder, long bytesMax, LongSupplier epochMillis, Diagnostics diagnostics) {
    this.folder = folder;
    this.bytesMax = bytesMax;
    this.epochMillis = epochMillis;
    this.diagnostics = diagnostics;
  }

  /// Gives a pipeline its spool, if the folder can be opened.
  public static void openFor(
      Pipeline pipeline,
      Path temporary,
      long bytesMax,
      LongSupplier epochMillis,
      Diagnostics diagnostics) {
    SpoolFolder spool = open(temporary, bytesMax, epochMillis, diagnostics);
    if (spool != null) {
      pipeline.spoolTo(spool);
    }
  }

  /// Opens the folder, which is made if there is none. If that fails, or the folder is not private,
  /// one line gives the reason.
  ///
  /// @param temporary the folder of temporary files
  /// @return null when there is no spool
  static @Nullable SpoolFolder open(
      Path temporary, long bytesMax, LongSupplier epochMillis, Diagnostics diagnostics) {
    Path folder = temporary.resolve(NAME);
    try {
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      PosixFileAttributes attributes = attributes(folder);
      if (!attributes.isDirectory() || !isPrivate(attributes, "rwx------")) {
        diagnostics.warn(folder + " is not a private folder of this process; there is no spool");
        return null;
      }
      long kept = bytesIn(folder);
      long limit = bounded(bytesMax, kept, folder, diagnostics);
      SpoolFolder spool = new SpoolFolder(folder, limit, epochMillis, diagnostics);
      spool.bytes.set(kept);
      return spool;
    } catch (IOException | UnsupportedOperationException e) {
      diagnostics.warn("no spool in " + folder + ": " + e.getClass().getSimpleName());
      return null;
    }
  }

  /// The size of the spool, which may be less than the user asked for.
  ///
  /// @param kept bytes of its files already
  private static long bounded(long bytesMax, long kept, Path folder, Diagnostics diagnostics) {
    long free = folder.toFile().getUsableSpace() + kept;
    if (free >= bytesMax) {
      return bytesMax;
    }
    diagnostics.warn(
        "PUSHER_SPOOL_MB="
            + (bytesMax >> MEBIBYTE_BITS)
            + ": expected at most the free space of "
            + folder.getParent()
            + ", "
            + (free >> MEBIBYTE_BITS)
            + " MB; that is used");
    return free;
  }

  private static long bytesIn(Path folder) throws IOException {
    long bytes = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        bytes += attributes(file).size();
      }
    }
    return bytes;
  }

  @Override
  public OfLane lane(String name) {
    return new LaneSpool(name, this, diagnostics);
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isPrivate(PosixFileAttributes attributes, String permissions)
      throws IOException {
    PosixFileAttributes process =
        Files.readAttributes(Path.of("/proc/self"), PosixFileAttributes.class);
    return attributes.owner().equals(process.owner())
        && PosixFilePermissions.toString(attributes.permissions()).equals(permissions);
  }

  long epochMillis() {
    return epochMillis.getAsLong();
  }

  /// The files of a lane, oldest first.
  List<Path> filesOf(String lane) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        if (writtenMillis(lane, file) >= 0) {
          found.add(file);
        }
      }
    }
    Collections.sort(found);
    return found;
  }

  /// The time at which a file was written, from its name; -1 when it is not one of the lane.
  long writtenMillis(String lane, Path file) {
    String name = file.getFileName().toString();
    if (!name.startsWith(lane + "-") || !name.endsWith(SUFFIX)) {
      return -1;
    }
    String[] parts =
        name.substring(lane.length() + 1, name.length() - SUFFIX.length()).split("-", -1);
    try {
      return parts.length == 3 ? Long.parseLong(parts[0]) : -1;
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /// Length of a file; that of a link's name for a link.
  long size(Path file) throws IOException {
    return attributes(file).size();
  }

  /// Reads a file.
  ///
  /// @return null when it is a link, not ours, or too large
  byte @Nullable [] read(Path file) throws IOException {
    PosixFileAttributes attributes = attributes(file);
    if (!attributes.isRegularFile()
        || !isPrivate(attributes, "rw-------")
        || attributes.size() > bytesMax) {
      return null;
    }
    try (SeekableByteChannel in =
        Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer content = ByteBuffer.allocate((int) Math.min(attributes.size(), 1 << 30));
      while (content.hasRemaining() && in.read(content) >= 0) {
        // Until the end.
      }
      return Arrays.copyOf(content.array(), content.position());
    }
  }

  /// Bytes that may still be written.
  long room() {
    return bytesMax - bytes.get();
  }

  /// Writes a new file of a lane.
  Path write(String lane, byte[] content) throws IOException {
    Path file =
        folder.resolve(
            lane
                + "-"
                + epochMillis()
                + "-"
                + ProcessHandle.current().pid()
                + "-"
                + files.getAndIncrement()
                + SUFFIX);
    bytes.addAndGet(content.length);
    try (SeekableByteChannel out =
        Files.newByteChannel(
            file,
            WRITE_NEW,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer remaining = ByteBuffer.wrap(content);
      while (remaining.hasRemaining()) {
        out.write(remaining);
      }
    }
    return file;
  }

  /// Removes a file, or a link in its place.
  void delete(Path file) {
    try {
      long size = attributes(file).size();
      if (Files.deleteIfExists(file)) {
        bytes.addAndGet(-size);
      }
    } catch (IOException _) {
      // It expires.
    }
  }
}
