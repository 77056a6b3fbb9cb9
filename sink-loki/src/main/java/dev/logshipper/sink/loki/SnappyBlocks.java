package dev.logshipper.sink.loki;

import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.support.BodyBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/// Snappy's block format. The library is native: left alone, it copies itself out of its jar into
/// the temporary folder at first use, so it is pointed to the copy that the layer has beside this
/// jar. Where it cannot be loaded at all, blocks are written that hold everything as it is, which
/// every reader takes.
///
/// Not thread-safe.
final class SnappyBlocks {
  private static final String LIBRARY_FOLDER = "org.xerial.snappy.lib.path";

  /// Source: snappy's `format_description.txt`. A literal whose length less one follows in two
  /// bytes.
  private static final int LITERAL = 61 << 2;

  private static final int LITERAL_BYTES_MAX = 65_536;

  private final Compressor compressor;
  private final Diagnostics diagnostics;
  private boolean available = true;

  SnappyBlocks(Compressor compressor, Diagnostics diagnostics) {
    this.compressor = compressor;
    this.diagnostics = diagnostics;
  }

  /// What may not be there.
  interface Compressor {
    /// Writes all that `plain` holds as one block.
    ///
    /// @throws LinkageError before anything is written, when there is no library
    /// @throws SnappyError likewise
    void compress(BodyBuffer plain, OutputStream out) throws IOException;
  }

  /// With snappy's library.
  static SnappyBlocks ofLibrary(Diagnostics diagnostics) {
    return new SnappyBlocks(Library::compress, diagnostics);
  }

  /// Writes all that `plain` holds as one block.
  void write(BodyBuffer plain, OutputStream out) throws IOException {
    if (available) {
      try {
        compressor.compress(plain, out);
        return;
      } catch (SnappyError | LinkageError _) {
        available = false;
        diagnostics.warn(
            "loki: snappy's library cannot be loaded; pushes are sent without compression");
      }
    }
    store(plain, out);
  }

  /// As [#write] does where there is no library.
  static void store(BodyBuffer plain, OutputStream out) throws IOException {
    writeLength(plain.size(), out);
    for (int from = 0; from < plain.size(); from += LITERAL_BYTES_MAX) {
      int length = Math.min(LITERAL_BYTES_MAX, plain.size() - from);
      out.write(LITERAL);
      out.write(length - 1);
      out.write((length - 1) >> 8);
      out.write(plain.array(), from, length);
    }
  }

  /// The folder of a jar, if the library is there too.
  static Optional<Path> libraryBeside(Path jar) {
    Path folder = jar.getParent();
    return folder != null && Files.exists(folder.resolve(System.mapLibraryName("snappyjava")))
        ? Optional.of(folder)
        : Optional.empty();
  }

  private static void writeLength(int length, OutputStream out) throws IOException {
    int rest = length;
    while (rest >= 0x80) {
      out.write(rest | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /// Loaded at the first push: looking for a file has no place in opening a sink.
  private static final class Library {
    static {
      CodeSource jar = SnappyBlocks.class.getProtectionDomain().getCodeSource();
      if (jar != null && System.getProperty(LIBRARY_FOLDER) == null) {
        try {
          libraryBeside(Path.of(jar.getLocation().toURI()))
              .ifPresent(folder -> System.setProperty(LIBRARY_FOLDER, folder.toString()));
        } catch (URISyntaxException | IllegalArgumentException _) {
          // This jar is no file, so nothing lies beside it.
        }
      }
    }

    static void compress(BodyBuffer plain, OutputStream out) throws IOException {
      byte[] block = new byte[Snappy.maxCompressedLength(plain.size())];
      int size = Snappy.compress(plain.array(), 0, plain.size(), block, 0);
      out.write(block, 0, size);
    }
  }
}
