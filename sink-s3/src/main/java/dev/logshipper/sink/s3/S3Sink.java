package dev.logshipper.sink.s3;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.support.BodyBuffer;
import dev.logshipper.sink.support.FastGzipOutputStream;
import dev.logshipper.sink.support.SentPart;
import dev.logshipper.sink.support.SizeLimit;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/// Writes each batch as one object of newline-delimited JSON, or as several where the key names the
/// tenant.
///
/// Not thread-safe: core never overlaps the sends of a sink.
final class S3Sink implements Sink {
  /// The maximum size of an object, as records and as JSON, which can be six times as large if all
  /// characters are control characters. The body is in memory while it is sent, and needs one and a
  /// half times as much while it grows, in a heap with 24 MB in addition to the buffered records.
  static final int OBJECT_BYTES_MAX = 8 * 1024 * 1024;

  private static final int OBJECT_RECORDS_MAX = 100_000;
  private static final int KEPT_BYTES_MAX = 1024 * 1024;
  private static final int CHUNK_BYTES = 8 * 1024;
  private static final BatchLimits LIMITS =
      BatchLimits.ofBytes(OBJECT_BYTES_MAX)
          .withRecords(OBJECT_RECORDS_MAX)
          .withRecordOverhead(LogsApiLines.OVERHEAD_BYTES);

  private final ObjectKeys keys;
  private final Bucket bucket;
  private final boolean gzip;
  private final Duration timeout;
  private BodyBuffer body = new BodyBuffer(KEPT_BYTES_MAX);

  /// Counts bytes before compression.
  private final SizeLimit sizeLimit = new SizeLimit();

  /// @param timeout for one send
  S3Sink(ObjectKeys keys, Bucket bucket, boolean gzip, Duration timeout) {
    this.keys = keys;
    this.bucket = bucket;
    this.gzip = gzip;
    this.timeout = timeout;
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    boolean ended = false;
    try {
      int records = encode(batch);
      SendResult result = put(batch, records, deadline.atMost(timeout));
      ended = true;
      return result;
    } catch (TimeoutException late) {
      return bucket.timedOut(late);
    } finally {
      release(ended);
    }
  }

  private SendResult put(Batch batch, int records, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException {
    int all = batch.records().size();
    try {
      SendResult result = bucket.put(keys.keyOf(batch), body, contentType(), deadline);
      if (result instanceof SendResult.Delivered) {
        sizeLimit.accepted();
        return new SentPart(records, all, body.size()).delivered();
      }
      return result;
    } catch (ObjectTooLargeException tooLarge) {
      long bytes = LogsApiLines.size(batch.records().subList(0, records));
      return sizeLimit.tooLarge(new SentPart(records, all, bytes), tooLarge.reason());
    }
  }

  @Override
  public void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    try {
      encode(batch);
      bucket.warmUp(keys.keyOf(batch), body, contentType(), deadline);
    } finally {
      release(false);
    }
  }

  @Override
  public void close() {
    bucket.close();
  }

  @Override
  public String toString() {
    return "s3 sink to bucket " + bucket;
  }

  /// @return number of records in the object
  private int encode(Batch batch) throws IOException {
    long bytesMax = Math.min(OBJECT_BYTES_MAX, sizeLimit.bytesMax());
    List<LogRecord> wanted = batch.records().subList(0, keys.recordsOfOneKey(batch));
    if (!gzip) {
      return LogsApiLines.write(wanted, body, (int) bytesMax);
    }
    int records =
        bytesMax == OBJECT_BYTES_MAX ? wanted.size() : LogsApiLines.countWithin(wanted, bytesMax);
    // Buffered on both sides: calling the compressor for every few bytes costs more than
    // compressing.
    try (OutputStream out =
        new BufferedOutputStream(new FastGzipOutputStream(body, CHUNK_BYTES), CHUNK_BYTES)) {
      LogsApiLines.write(batch.records().subList(0, records), out);
    }
    return records;
  }

  /// A compressed object is a gzip file, not text with a content encoding: with the latter, some
  /// clients decompress an object whose name ends in `.gz`, and others do not.
  private String contentType() {
    return gzip ? "application/gzip" : "application/x-ndjson";
  }

  /// An abandoned request may be stuck and still read its buffer, so the next one gets a new
  /// buffer.
  private void release(boolean ended) {
    if (ended) {
      body.clear();
    } else {
      body = new BodyBuffer(KEPT_BYTES_MAX);
    }
  }
}
