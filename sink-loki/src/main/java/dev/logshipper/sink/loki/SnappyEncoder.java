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

/// Snappy's block format. The library is native and by default extracts itself from its jar into
/// the temporary folder at first use, so it is pointed to the copy that the layer has next to this
/// jar. If it cannot be loaded, blocks are written uncompressed, which is valid snappy.
///
/// Not thread-safe.
final class SnappyEncoder {
  private static final String LIBRARY_FOLDER = "org.xerial.snappy.lib.path";

  /// A literal whose length minus one follows in two bytes. Source: snappy's
  /// `format_description.txt`.
  private static final int LITERAL = 61 << 2;

  private static final int LITERAL_BYTES_MAX = 65_536;

  private final Compressor compressor;
  private final Diagnostics diagnostics;
  private boolean available = true;

  SnappyEncoder(Compressor compressor, Diagnostics diagnostics) {
    this.compressor = compressor;
    this.diagnostics = diagnostics;
  }

  /// The compressor, which may be missing.
  interface Compressor {
    /// Writes `plain` as one block.
    ///
    /// @throws LinkageError before anything is written, if the library is missing
    /// @throws SnappyError likewise
    void compress(BodyBuffer plain, OutputStream out) throws IOException;
  }

  /// With snappy's library.
  static SnappyEncoder ofLibrary(Diagnostics diagnostics) {
    return new SnappyEncoder(Library::compress, diagnostics);
  }

  /// Writes `plain` as one block.
  void write(BodyBuffer plain, OutputStream out) throws IOException {
    if (available) {
      try {
        compressor.compress(plain, out);
        return;
      } catch (SnappyError | LinkageError _) {
        available = false;
        diagnostics.warn("loki: cannot load the snappy library; pushes are sent uncompressed");
      }
    }
    store(plain, out);
  }

  /// Writes `plain` as one uncompressed block.
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

  /// The folder of a jar, if it also contains the library.
  static Optional<Path> libraryNextTo(Path jar) {
    Path folder = jar.getParent();
    return folder != null && Files.exists(folder.resolve(System.mapLibraryName("snappyjava")))
        ? Optional.of(folder)
        : Optional.empty();
  }

  private static void writeLength(int length, OutputStream out) throws IOException {
    int remaining = length;
    while (remaining >= 0x80) {
      out.write(remaining | 0x80);
      remaining >>>= 7;
    }
    out.write(remaining);
  }

  /// Loaded at the first push, so that opening a sink looks for no file.
  private static final class Library {
    static {
      CodeSource jar = SnappyEncoder.class.getProtectionDomain().getCodeSource();
      if (jar != null && System.getProperty(LIBRARY_FOLDER) == null) {
        try {
          libraryNextTo(Path.of(jar.getLocation().toURI()))
              .ifPresent(folder -> System.setProperty(LIBRARY_FOLDER, folder.toString()));
        } catch (URISyntaxException | IllegalArgumentException _) {
          // Not loaded from a file, so there is no folder to search.
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
