package dev.logshipper.sink.testkit;

import dev.logshipper.sink.SinkProvider;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A sink and a destination for it that behaves by a script; one for each test of [SinkContract].
/// For a destination that speaks HTTP, [ScriptedServer] brings all the faults.
///
/// Methods are called on one thread while a send may run on another.
public interface SinkFixture extends AutoCloseable {

  /// What the sink's jar offers.
  SinkProvider provider();

  /// The variables with which the sink reaches this destination.
  Map<String, String> environment();

  /// Passwords, tokens and the like among the values above, each exactly as it must never show.
  default Set<String> secrets() {
    return Set.of();
  }

  /// Variables that contradict one another, so that the provider must refuse to open a sink.
  default List<Map<String, String>> contradictions() {
    return List.of();
  }

  /// What the sink's `toString()` names: a host and port, a bucket, a stream.
  String endpoint();

  /// What the destination can do.
  Set<Trait> traits();

  /// Sets what is done with the next requests, in place of what was left to do. Those after them
  /// are answered with [Fault.Ok].
  void next(Fault... answers);

  /// The texts of the lines that the destination holds, in the order in which it would show them,
  /// each as often as it holds it.
  List<String> arrived();

  /// How many attempts to store something it saw, however they ended.
  int requests();

  /// How many connections were made to it.
  int connections();

  /// Length of lines that the destination judges one by one, for [Fault.Partial]; more for a sink
  /// that packs several short ones into what the destination takes as one.
  default int partialLineBytes() {
    return 20;
  }

  /// Beginnings of the names of threads that the sink's library keeps while it is idle. They must
  /// be daemons that wait. The fewer the better: they hold memory and wake a frozen process.
  default Set<String> libraryThreads() {
    return Set.of();
  }

  @Override
  void close() throws IOException;
}
