package dev.logshipper.sink.loki;

import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.support.SentPart;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// The content of one push.
///
/// @param part the records of the batch that it contains; its size is that of the encoded lines
record Push(List<PushStream> streams, SentPart part) {

  /// The result when all lines are stored except those of some records.
  ///
  /// @param rejected indexes, ascending
  SendResult rejected(List<Integer> rejected, String reason) {
    return rejected.size() == part.all()
        ? new SendResult.Rejected(SendResult.Scope.RECORDS, reason)
        : new SendResult.Partial(
            IntStream.range(part.records(), part.all()).boxed().toList(), rejected, reason);
  }

  /// The result when all lines are stored except those of some records, which are sent again.
  ///
  /// @param again indexes, ascending
  SendResult repeated(List<Integer> again, String reason) {
    if (again.size() == part.records()) {
      return new SendResult.Progress(0);
    }
    TreeSet<Integer> retry = new TreeSet<>(again);
    IntStream.range(part.records(), part.all()).forEach(retry::add);
    return new SendResult.Partial(List.copyOf(retry), List.of(), reason);
  }

  /// The lines that are longer than a limit.
  List<PushStream.Entry> longerThan(int bytes) {
    return streams.stream()
        .flatMap(stream -> stream.entries().stream())
        .filter(entry -> entry.line().sizeBytes() > bytes)
        .toList();
  }
}
