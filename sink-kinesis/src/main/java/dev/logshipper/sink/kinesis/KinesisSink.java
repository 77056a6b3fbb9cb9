package dev.logshipper.sink.kinesis;

import dev.logshipper.format.edgedelta.NdjsonEncoder;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.time.Duration;

/// Puts each batch to a delivery stream with one `PutRecordBatch`, as lines of JSON packed into
/// Firehose records. Records that do not fit into the call, or that Firehose rejects, are sent
/// again by core.
///
/// Not thread-safe: core never overlaps the sends of a sink.
final class KinesisSink implements Sink {
  /// Half the size of a call: a line grows by escapes, and by tags that are not known in advance. A
  /// batch that grows more is sent with several calls ([SendResult.Progress]).
  static final int BATCH_BYTES_MAX = 2_000_000;

  private static final int BATCH_RECORDS_MAX = 10_000;

  private final NdjsonEncoder encoder;
  private final RecordPacker packer;
  private final DeliveryStream stream;
  private final Duration timeout;
  private final BatchLimits limits;

  /// @param timeout maximum duration of one send
  KinesisSink(NdjsonEncoder encoder, RecordPacker packer, DeliveryStream stream, Duration timeout) {
    this.encoder = encoder;
    this.packer = packer;
    this.stream = stream;
    this.timeout = timeout;
    this.limits =
        BatchLimits.ofBytes(BATCH_BYTES_MAX)
            .withRecords(BATCH_RECORDS_MAX)
            .withRecordOverhead(encoder.lineOverheadBytes());
  }

  @Override
  public BatchLimits limits() {
    return limits;
  }

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    Deadline end = deadline.atMost(timeout);
    encoder.begin(batch, end);
    return stream.put(packer.pack(batch.records(), stream.bytesMax()), end);
  }

  @Override
  public void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    encoder.begin(batch, deadline);
    stream.warmUp(packer.pack(batch.records(), stream.bytesMax()), deadline);
  }

  @Override
  public void close() {
    stream.close();
  }

  @Override
  public String toString() {
    return "kinesis sink to " + stream;
  }
}
