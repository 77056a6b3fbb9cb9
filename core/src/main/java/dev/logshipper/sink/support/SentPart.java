package dev.logshipper.sink.support;

import dev.logshipper.sink.SendResult;
import java.util.List;
import java.util.stream.IntStream;

/// The content of one request: the first records of a batch, or all.
///
/// @param records number of records in the request
/// @param all number of records in the batch
/// @param bytes size of the request as its [SizeLimit] measures it
public record SentPart(int records, int all, long bytes) {

  /// The result when the destination accepted the request.
  public SendResult delivered() {
    return records == all ? SendResult.DELIVERED : new SendResult.Progress(records);
  }

  /// The result for the batch when it is known for the request. A rejection of a single record
  /// concerns no other; one of several is the batch's, which core halves.
  public SendResult resultOf(SendResult request) {
    if (request instanceof SendResult.Delivered) {
      return delivered();
    }
    return records == 1
            && request instanceof SendResult.Rejected rejected
            && rejected.scope() == SendResult.Scope.BATCH
        ? rejected(rejected.reason())
        : request;
  }

  /// The result when the destination rejected the request; the records that are not in it are sent
  /// next.
  public SendResult rejected(String reason) {
    return records == all
        ? SendResult.rejected(reason)
        : new SendResult.Partial(indexes(records, all), indexes(0, records), reason);
  }

  private static List<Integer> indexes(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
