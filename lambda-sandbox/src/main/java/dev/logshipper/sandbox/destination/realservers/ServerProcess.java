package dev.logshipper.sandbox.destination.realservers;

import dev.logshipper.sandbox.environment.process.ChildProcess;
import dev.logshipper.sandbox.environment.process.Outputs;
import dev.logshipper.sandbox.environment.process.Program;
import dev.logshipper.sandbox.environment.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A running server with its own folder; closing ends the process and deletes the folder.
final class ServerProcess implements AutoCloseable {
  private static final Duration READY_MAX = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 20;
  private static final long END_MILLIS_MAX = 10_000;

  /// Whether the server serves by now.
  interface Probe {
    /// An exception counts as false, as long as the port has no listener.
    boolean succeeds() throws IOException, InterruptedException;
  }

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path folder;
  private final Probe probe;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private volatile ChildProcess process;

  private ServerProcess(
      List<String> command, Map<String, String> environment, Path folder, Probe probe) {
    this.command = command;
    this.environment = environment;
    this.folder = folder;
    this.probe = probe;
    this.process = run();
  }

  /// An empty folder for a server.
  static Path newFolder(String name) {
    try {
      return Files.createTempDirectory("sandbox-" + name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A free port of the loopback interface.
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts a server and waits until it serves.
  ///
  /// @param environment all its variables
  /// @param folder is deleted at the end
  /// @throws IllegalStateException with its output, when it ends or is not ready in time
  static ServerProcess start(
      List<String> command, Map<String, String> environment, Path folder, Probe probe) {
    ServerProcess server = new ServerProcess(command, environment, folder, probe);
    server.awaitReady();
    return server;
  }

  private ChildProcess run() {
    try {
      return ChildProcess.start(
          new Program(command, environment, folder), Outputs.joined(output::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stops its process: the kernel still accepts requests, which get no response.
  void suspend() {
    process.signal(Signal.STOP);
  }

  void resume() {
    process.signal(Signal.CONTINUE);
  }

  /// Kills it and starts it again with the same folder, and waits until it serves.
  void restart() {
    kill();
    process = run();
    awaitReady();
  }

  private void awaitReady() {
    long deadlineNanos = System.nanoTime() + READY_MAX.toNanos();
    try {
      while (!serves()) {
        if (process.exited().isDone() || System.nanoTime() > deadlineNanos) {
          process.kill();
          process.awaitOutputEnd(END_MILLIS_MAX);
          String text = String.join("\n", output);
          close();
          throw new IllegalStateException("the server did not get ready; its output:\n" + text);
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server started", e);
    }
  }

  private boolean serves() throws InterruptedException {
    try {
      return probe.succeeds();
    } catch (IOException _) {
      return false;
    }
  }

  List<String> output() {
    return List.copyOf(output);
  }

  @Override
  public void close() {
    kill();
    deleteFolder();
  }

  private void kill() {
    process.kill();
    try {
      process.exited().get(END_MILLIS_MAX, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a killed server did not end", e);
    }
  }

  private void deleteFolder() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
