package dev.logshipper.sink.loki;

import dev.logshipper.client.http.PostResult;
import dev.logshipper.client.http.ResponseClassifier;
import dev.logshipper.client.http.Transport;
import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.RecordTypes;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.support.SentPart;
import dev.logshipper.sink.support.SizeLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Pushes each batch to Loki: as a whole until the server rejects a push as too large, in smaller
/// pushes from then on.
///
/// Not thread-safe: core never overlaps the sends of a sink.
final class LokiSink implements Sink {
  /// Loki's parts exchange messages of at most 4 MiB, and report a larger one with a status that
  /// suggests a retry; a tenant's burst may be smaller.
  static final int PUSH_BYTES_MAX = 1024 * 1024;

  /// Proxies commonly accept bodies up to 1 MiB (nginx, `client_max_body_size`).
  private static final int BODY_BYTES_MAX = 1_000_000;

  /// A shorter limit of lines is not worth splitting for.
  private static final int LINE_BYTES_MIN = 256;

  private static final int RECORDS_MAX = 10_000;
  private static final int INGESTION_BLOCKED = 260;
  private static final BatchLimits LIMITS =
      BatchLimits.ofBytes(PUSH_BYTES_MAX)
          .withRecords(RECORDS_MAX)
          .withRecordOverhead(PushFormat.LINE_OVERHEAD_BYTES);

  private final Function<String, StreamLabels> labels;
  private final PushFormat format;
  private final Transport transport;
  private final ResponseClassifier classifier;
  private final UniqueNanos nanos;
  private final Duration timeout;
  private final Diagnostics diagnostics;
  private final boolean unwraps;
  private @Nullable FieldLabels fieldLabels;
  private boolean metadata;
  private int lineBytesMax = LineSplitter.LINE_BYTES_MAX;
  private final SizeLimit sizeLimit = new SizeLimit();

  /// @param labels by the category of a record
  /// @param fieldLabels of fields that become labels; null for none
  /// @param unwraps whether lines are [LogRecord#unwrapped]
  /// @param metadata whether to send structured metadata, until the server rejects it
  /// @param timeout for one send
  LokiSink(
      Function<String, StreamLabels> labels,
      @Nullable FieldLabels fieldLabels,
      PushFormat format,
      Transport transport,
      ResponseClassifier classifier,
      UniqueNanos nanos,
      boolean unwraps,
      boolean metadata,
      Duration timeout,
      Diagnostics diagnostics) {
    this.labels = labels;
    this.fieldLabels = fieldLabels;
    this.format = format;
    this.transport = transport;
    this.classifier = classifier;
    this.nanos = nanos;
    this.unwraps = unwraps;
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
    Push push = push(batch, bytesMax(batch));
    format.write(push.streams(), transport.body());
    PostResult result = transport.post(batch.id(), deadline.atMost(timeout));
    return result instanceof PostResult.Response response
        ? classify(response, push)
        : classifier.classify(result);
  }

  @Override
  public void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    format.write(push(batch, BODY_BYTES_MAX).streams(), transport.body());
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

  /// A batch of JSON grows by escapes. One that core made larger was made so by the user.
  private long bytesMax(Batch batch) {
    long counted =
        batch.contentBytes() + (long) batch.records().size() * PushFormat.LINE_OVERHEAD_BYTES;
    return Math.min(sizeLimit.bytesMax(), Math.max(BODY_BYTES_MAX, counted));
  }

  /// The first records of a batch, at least one, up to a size.
  private Push push(Batch batch, long bytesMax) throws IOException {
    nanos.begin(batch);
    Map<String, PushStream> streams = new LinkedHashMap<>();
    long bytes = 0;
    int records = 0;
    for (LogRecord delivered : batch.records()) {
      LogRecord record = unwraps ? delivered.unwrapped() : delivered;
      int cost = format.bytesOf(record);
      if (records > 0 && bytes + cost > bytesMax) {
        break;
      }
      add(record, records, streams);
      bytes += cost;
      records++;
    }
    return new Push(
        List.copyOf(streams.values()), new SentPart(records, batch.records().size(), bytes));
  }

  private void add(LogRecord record, int index, Map<String, PushStream> streams)
      throws IOException {
    List<NameValue> described = describing(record) ? fieldLabels().labelsOf(record) : List.of();
    PushStream stream = stream(record.category(), described, streams);
    List<LogRecord> parts = LineSplitter.split(record, lineBytesMax);
    if (parts.size() > 1) {
      diagnostics.info("loki: lines over Loki's limit are split into several");
    }
    PushStream.Metadata facts = metadata ? facts(record, described) : PushStream.Metadata.NONE;
    long time = nanos.reserve(record, parts.size());
    for (LogRecord part : parts) {
      stream.entries().add(new PushStream.Entry(part, index, time++, facts));
    }
  }

  /// Whether a record has labels or metadata of fields.
  private boolean describing(LogRecord record) {
    return fieldLabels != null || !record.fields().isEmpty();
  }

  private FieldLabels fieldLabels() {
    if (fieldLabels == null) {
      fieldLabels = new FieldLabels(List.of(), labels.apply(RecordTypes.FUNCTION), diagnostics);
    }
    return fieldLabels;
  }

  private PushStream.Metadata facts(LogRecord record, List<NameValue> described) {
    return PushStream.Metadata.of(
        record, record.fields().isEmpty() ? Map.of() : fieldLabels().metadataOf(record, described));
  }

  private PushStream stream(
      String category, List<NameValue> described, Map<String, PushStream> streams) {
    String key = described.isEmpty() ? category : category + FieldLabels.key(described);
    PushStream known = streams.get(key);
    if (known == null) {
      StreamLabels own = labels.apply(category);
      known =
          new PushStream(
              fieldLabels == null ? own : own.with(described, fieldLabels.names()),
              new ArrayList<>());
      streams.put(key, known);
    }
    return known;
  }

  private SendResult classify(PostResult.Response response, Push push) {
    int status = response.status();
    if (status == INGESTION_BLOCKED) {
      return SendResult.rejectedByEndpoint(classifier.reason(status));
    }
    if (status >= 200 && status <= 299) {
      sizeLimit.accepted();
      return push.part().delivered();
    }
    ErrorBody error = new ErrorBody(response.errorBody());
    if (isTooLarge(status, error, push)) {
      return tooLarge(status, error, push.part());
    }
    if (status == 500 && error.isUnavailable()) {
      return SendResult.busy(response.retryAfter(), classifier.reason(status));
    }
    return status == 400
        ? invalid(error, push)
        : push.part().resultOf(classifier.classify(response));
  }

  private static boolean isTooLarge(int status, ErrorBody error, Push push) {
    return status == 413
        || (error.isMessageTooLarge() && (push.part().records() > 1 || status != 429))
        || (status == 429 && push.part().records() > 1 && error.exceedsLimitOfASecond());
  }

  private SendResult tooLarge(int status, ErrorBody error, SentPart part) {
    String reason = classifier.host() + " returned " + status + ": a line exceeds its limits";
    SendResult result = sizeLimit.tooLarge(part, reason);
    if (result instanceof SendResult.Progress) {
      // Some below the server's number, because this sink counts otherwise.
      sizeLimit.lower((long) (part.bytes() * error.acceptedShare() * 0.9));
      diagnostics.info(
          "loki: "
              + classifier.host()
              + " rejected a push of "
              + part.bytes()
              + " bytes as too large; sending at most "
              + sizeLimit.bytesMax());
    }
    return result;
  }

  private SendResult invalid(ErrorBody error, Push push) {
    if (metadata && error.mentionsStructuredMetadata()) {
      metadata = false;
      String reason = classifier.host() + " rejected structured metadata";
      diagnostics.warn("loki: " + reason + "; lines are sent without the request id");
      return SendResult.busy(Duration.ZERO, reason + "; sending the lines again without it");
    }
    int accepted = error.lineBytesMax();
    if (accepted >= LINE_BYTES_MIN && accepted < lineBytesMax) {
      lineBytesMax = accepted;
      List<PushStream.Entry> tooLong = push.longerThan(accepted);
      if (tooLong.size() == error.invalidLines()) {
        return push.repeated(
            tooLong.stream().map(PushStream.Entry::index).distinct().sorted().toList(),
            classifier.host() + " returned 400: " + error.cause());
      }
    }
    String reason = classifier.host() + " returned 400: " + error.cause();
    return error.isLokis()
        ? push.rejected(RejectedLines.indexes(error, push.streams()), reason)
        : push.part().resultOf(SendResult.rejected(reason));
  }
}
