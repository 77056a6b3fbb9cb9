package dev.logshipper.sandbox.environment.function;

import dev.logshipper.sandbox.environment.process.LineDecoder;
import dev.logshipper.sandbox.environment.process.OutputReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// The `_LAMBDA_TELEMETRY_LOG_FD_PROVIDER_SOCKET` of Managed Instances: each worker of a runtime
/// client connects its stdout and stderr to it. Every connection is a stream of lines.
final class LogSocket implements AutoCloseable {

  private final Path path;
  private final ServerSocketChannel server;
  private final Consumer<String> lines;
  private final Collection<OutputReader> readers = new ConcurrentLinkedQueue<>();

  private LogSocket(Path path, Consumer<String> lines) throws IOException {
    this.path = path;
    this.lines = lines;
    this.server =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(path));
  }

  static LogSocket open(Consumer<String> lines) throws IOException {
    Path folder = Files.createTempDirectory("sandbox-log-");
    LogSocket socket = new LogSocket(folder.resolve("socket"), lines);
    Thread _ = Thread.ofPlatform().daemon().name("log-socket").start(socket::acceptAll);
    return socket;
  }

  Path path() {
    return path;
  }

  private void acceptAll() {
    try {
      while (true) {
        var input = Channels.newInputStream(server.accept());
        readers.add(OutputReader.start("log-socket", input, new LineDecoder(lines)));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  /// Waits, briefly, until all lines so far were passed on.
  void awaitQuiet() throws InterruptedException {
    OutputReader.awaitQuiet(readers);
  }

  /// Accepts no more connections; each existing one is read until its writer has ended.
  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
    Files.deleteIfExists(path.getParent());
  }
}
