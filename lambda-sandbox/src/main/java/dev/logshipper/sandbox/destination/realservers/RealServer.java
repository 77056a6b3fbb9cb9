package dev.logshipper.sandbox.destination.realservers;

import java.util.List;

/// A real destination that is one process on this machine. Thread-safe.
abstract class RealServer implements RealDestination {
  private final ServerProcess process;

  RealServer(ServerProcess process) {
    this.process = process;
  }

  @Override
  public final void suspend() {
    process.suspend();
  }

  @Override
  public final void resume() {
    process.resume();
  }

  @Override
  public final void restart() {
    process.restart();
  }

  @Override
  public final List<String> output() {
    return process.output();
  }

  @Override
  public final void close() {
    process.close();
  }
}
