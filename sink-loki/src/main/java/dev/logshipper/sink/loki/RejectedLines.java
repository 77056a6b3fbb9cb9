package dev.logshipper.sink.loki;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds the records of a push that Loki did not store. With status 400 it has stored the valid
/// lines and reports the number of the others: either of all lines that the distributor found
/// invalid or, if there were any, of those that the ingester ignored in one stream.
///
/// So the number is exact for a push of one stream; in a push of several, streams that an
/// ingester's report does not name count as rejected: never too few. Stateless.
final class RejectedLines {
  private static final Comparator<PushStream.Entry> BY_TIME =
      Comparator.comparingLong(PushStream.Entry::nanos);

  private RejectedLines() {}

  /// Indexes of the records in the batch, ascending. Loki does not name the lines; those that it
  /// rejects are usually the oldest ones, so these are returned.
  static List<Integer> indexes(ErrorBody error, List<PushStream> streams) {
    List<PushStream.Entry> all = entries(streams);
    int invalid = error.invalidLines();
    Set<PushStream.Entry> rejected = new HashSet<>(all);
    if (invalid > 0 && invalid < all.size()) {
      all.subList(invalid, all.size()).forEach(rejected::remove);
    }
    for (ErrorBody.Ignored ignored : error.ignored()) {
      for (PushStream stream : streams) {
        List<PushStream.Entry> pushed = entries(List.of(stream));
        if (stream.labels().areQuotedIn(ignored.stream()) && ignored.all() <= pushed.size()) {
          int stored = ignored.all() - ignored.lines();
          pushed.subList(pushed.size() - stored, pushed.size()).forEach(rejected::remove);
        }
      }
    }
    Set<Integer> indexes = new TreeSet<>();
    rejected.forEach(entry -> indexes.add(entry.index()));
    return List.copyOf(indexes);
  }

  private static List<PushStream.Entry> entries(List<PushStream> streams) {
    List<PushStream.Entry> entries = new ArrayList<>();
    streams.forEach(stream -> entries.addAll(stream.entries()));
    entries.sort(BY_TIME);
    return entries;
  }
}
