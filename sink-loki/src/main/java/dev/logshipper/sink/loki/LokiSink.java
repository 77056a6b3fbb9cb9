package dev.logshipper.sink.loki;

import dev.logshipper.client.http.PostResult;
import dev.logshipper.client.http.ResponseClassifier;
import dev.logshipper.client.http.Transport;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Pushes each batch to Loki: as a whole until the server rejects a push as too large, in smaller
/// pushes from then on.
///
/// Not thread-safe: core never overlaps the sends of a sink.
final class LokiSink implements Sink {
  /// Loki's parts exchange messages of at most 4 MiB, and report a larger one with a status that
  /// suggests a retry; a tenant's burst may be smaller.
  static final int PUSH_BYTES_MAX = 1024 * 1024;

  /// Time, two lengths, and a request id with its name.
  private static final int LINE_OVERHEAD_BYTES = 76;

  private static final int RECORDS_MAX = 10_000;
  private static final int INGESTION_BLOCKED = 260;
  private static final BatchLimits LIMITS =
      BatchLimits.ofBytes(PUSH_BYTES_MAX)
          .withRecords(RECORDS_MAX)
          .withRecordOverhead(LINE_OVERHEAD_BYTES);

  private final Function<String, StreamLabels> labels;
  private final PushFormat format;
  private final Transport transport;
  private final ResponseClassifier classifier;
  private final UniqueNanos nanos;
  private final Duration timeout;
  private final Diagnostics diagnostics;
  private boolean metadata;
  private int pushBytesMax = Integer.MAX_VALUE;

  /// @param labels by the category of a record
  /// @param metadata whether to send structured metadata, until the server rejects it
  /// @param timeout for one send
  LokiSink(
      Function<String, StreamLabels> labels,
      PushFormat format,
      Transport transport,
      ResponseClassifier classifier,
      UniqueNanos nanos,
      boolean metadata,
      Duration timeout,
      Diagnostics diagnostics) {
    this.labels = labels;
    this.format = format;
    this.transport = transport;
    this.classifier = classifier;
    this.nanos = nanos;
    this.metadata = metadata;
    this.timeout = timeout;
    this.diagnostics = diagnostics;
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    Push push = push(batch, pushBytesMax);
    format.write(push.streams(), transport.body());
    PostResult result = transport.post(batch.id(), deadline.atMost(timeout));
    return result instanceof PostResult.Response response
        ? classify(response, push)
        : classifier.classify(result);
  }

  @Override
  public void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    format.write(push(batch, Integer.MAX_VALUE).streams(), transport.body());
    transport.warmUp(deadline);
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return "loki sink to " + transport;
  }

  /// The first records of a batch, at least one, up to a size.
  private Push push(Batch batch, int bytesMax) throws IOException {
    nanos.begin(batch);
    Map<String, PushStream> streams = new LinkedHashMap<>();
    int bytes = 0;
    int records = 0;
    for (LogRecord record : batch.records()) {
      int cost = record.sizeBytes() + LINE_OVERHEAD_BYTES;
      if (records > 0 && bytes + cost > bytesMax) {
        break;
      }
      add(record, records, streams);
      bytes += cost;
      records++;
    }
    return new Push(List.copyOf(streams.values()), bytes, records, batch.records().size());
  }

  private void add(LogRecord record, int index, Map<String, PushStream> streams)
      throws IOException {
    PushStream stream =
        streams.computeIfAbsent(
            record.category(),
            category -> new PushStream(labels.apply(category), new ArrayList<>()));
    List<LogRecord> parts = LineSplitter.split(record);
    if (parts.size() > 1) {
      diagnostics.info("loki: lines over Loki's limit are split into several");
    }
    String requestId = metadata ? record.requestId().orElse("") : "";
    long time = nanos.reserve(record, parts.size());
    for (LogRecord part : parts) {
      stream.entries().add(new PushStream.Entry(part, index, time++, requestId));
    }
  }

  private SendResult classify(PostResult.Response response, Push push) {
    int status = response.status();
    if (status == INGESTION_BLOCKED) {
      return SendResult.rejectedByEndpoint(classifier.reason(status));
    }
    if (status >= 200 && status <= 299) {
      return push.stored();
    }
    ErrorBody error = new ErrorBody(response.errorBody());
    if (status == 413
        || (status == 500 && error.isMessageTooLarge())
        || (status == 429 && push.records() > 1 && error.exceedsLimitOfASecond())) {
      return tooLarge(status, push);
    }
    return status == 400 ? invalid(error, push) : classifier.classify(response);
  }

  private SendResult tooLarge(int status, Push push) {
    if (push.records() == 1) {
      return push.rejected(List.of(0), classifier.reason(status));
    }
    pushBytesMax = push.bytes() / 2;
    return new SendResult.Progress(0);
  }

  private SendResult invalid(ErrorBody error, Push push) {
    if (metadata && error.mentionsStructuredMetadata()) {
      metadata = false;
      String reason = classifier.host() + " rejected structured metadata";
      diagnostics.warn("loki: " + reason + "; lines are sent without the request id");
      return SendResult.retry(reason + "; sending the lines again without it");
    }
    return push.rejected(
        RejectedLines.indexes(error, push.streams()),
        classifier.host() + " returned 400: " + error.cause());
  }
}
