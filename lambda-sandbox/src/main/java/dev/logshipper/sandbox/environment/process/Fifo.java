package dev.logshipper.sandbox.environment.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/// A named pipe from a program to this JVM. It is open for reading and writing until it is closed,
/// so that neither the program nor the reader waits for the other when it opens the pipe.
final class Fifo implements AutoCloseable {

  private final Path path;
  private final RandomAccessFile keeper;

  private Fifo(Path path) throws IOException {
    this.path = path;
    this.keeper = new RandomAccessFile(path.toFile(), "rw");
  }

  static Fifo create() throws IOException {
    Path path = Files.createTempDirectory("sandbox-fifo-").resolve("fifo");
    LibC.makeFifo(path);
    return new Fifo(path);
  }

  Path path() {
    return path;
  }

  /// Its content. Ends when the pipe is closed and the last writer has ended.
  InputStream open() throws IOException {
    return new FileInputStream(path.toFile());
  }

  /// Closes it for those who have not opened it yet.
  @Override
  public void close() throws IOException {
    keeper.close();
    Files.deleteIfExists(path);
    Files.deleteIfExists(path.getParent());
  }
}
