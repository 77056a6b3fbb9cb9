package dev.logshipper.sink.testkit;

import dev.logshipper.sink.SinkProvider;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A sink and a scripted destination for it, created for each test of [SinkContract].
/// [HttpSinkFixture] implements all faults for destinations that speak HTTP.
///
/// Methods are called on one thread while a send may run on another.
public interface SinkFixture extends AutoCloseable {

  /// Returns the provider in the sink's jar.
  SinkProvider provider();

  /// Returns the variables with which the sink reaches this destination.
  Map<String, String> environment();

  /// Returns the secrets among the values above: passwords, tokens, exactly as they must never be
  /// logged.
  default Set<String> secrets() {
    return Set.of();
  }

  /// Returns environments whose variables contradict one another; the provider must reject each.
  default List<Map<String, String>> contradictions() {
    return List.of();
  }

  /// Returns the endpoint as in the sink's `toString()`: a host and port, a bucket, a stream.
  String endpoint();

  /// Returns the abilities of the destination.
  Set<Trait> traits();

  /// Scripts the next requests, replacing the rest of the previous script. Requests after them
  /// succeed, as with [Fault.None].
  void next(Fault... faults);

  /// Returns the texts of the lines that the destination holds, in the order in which it shows
  /// them, duplicates included.
  List<String> arrived();

  /// Returns the number of attempts to store something, however they ended.
  int requests();

  /// Returns the number of connections made so far.
  int connections();

  /// Returns the length of lines that the destination accepts or rejects individually, for
  /// [Fault.Partial]; longer for a sink that packs several short lines into one unit.
  default int partialLineBytes() {
    return 20;
  }

  /// Returns name prefixes of idle threads that the sink's client library keeps. They must be
  /// waiting daemons. Keep them few: they use memory and wake a frozen process.
  default Set<String> libraryThreads() {
    return Set.of();
  }

  @Override
  void close() throws IOException;
}
