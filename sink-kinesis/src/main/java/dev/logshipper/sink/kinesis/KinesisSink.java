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
/// Firehose records. What one call does not take, and what Firehose refuses of it, remains.
///
/// Not thread-safe: core never overlaps the sends of a sink.
final class KinesisSink implements Sink {
  /// Half of what a call takes: a line grows by escapes, and by tags that are not known beforehand.
  /// Whatever grows more is sent with several calls, the rest of the batch after its beginning.
  static final int BATCH_BYTES_MAX = 2_000_000;

  private static final int BATCH_RECORDS_MAX = 10_000;

  private final NdjsonEncoder encoder;
  private final Packer packer;
  private final DeliveryStream stream;
  private final Duration timeout;
  private final BatchLimits limits;

  /// @param timeout longest time for one send
  KinesisSink(NdjsonEncoder encoder, Packer packer, DeliveryStream stream, Duration timeout) {
    this.encoder = encoder;
    this.packer = packer;
    this.stream = stream;
    this.timeout = timeout;
    this.limits =
        new BatchLimits(
            BATCH_RECORDS_MAX, BATCH_BYTES_MAX, BATCH_BYTES_MAX, encoder.lineOverheadBytes());
  }

  @Override
  public BatchLimits limits() {
    return limits;
  }

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    Deadline end = deadline.atMost(timeout);
    encoder.begin(batch, end);
    Packing packing = packer.pack(batch.records());
    return stream.put(packing, batch.records().size(), end);
  }

  @Override
  public void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    encoder.begin(batch, deadline);
    stream.warmUp(packer.pack(batch.records()), deadline);
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
