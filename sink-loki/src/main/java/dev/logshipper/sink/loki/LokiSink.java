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

/// Pushes each batch to Loki, as a whole unless the server once said that this is too much.
///
/// Not thread-safe: core never overlaps the sends of a sink.
final class LokiSink implements Sink {
  /// Loki's parts do not hand more than 4 MiB to one another, and say so under a status that asks
  /// for a repetition; a tenant's burst may be smaller.
  static final int PUSH_BYTES_MAX = 1024 * 1024;

  /// Enough for the sentence with the numbers, which comes last.
  static final int REFUSAL_BYTES_MAX = 16 * 1024;

  /// Time, two lengths, and a request id with its name.
  private static final int LINE_OVERHEAD_BYTES = 76;

  private static final int RECORDS_MAX = 10_000;
  private static final int INGESTION_BLOCKED = 260;
  private static final BatchLimits LIMITS =
      new BatchLimits(RECORDS_MAX, PUSH_BYTES_MAX, PUSH_BYTES_MAX, LINE_OVERHEAD_BYTES);

  private final Function<String, Labels> labels;
  private final PushFormat format;
  private final Transport transport;
  private final ResponseClassifier classifier;
  private final BatchInHand batchInHand;
  private final Duration timeout;
  private final Diagnostics diagnostics;
  private boolean metadata;
  private boolean saidIgnored;
  private int pushBytesMax = Integer.MAX_VALUE;

  /// @param labels of records of a kind
  /// @param metadata whether to send structured metadata, as long as the server takes it
  /// @param timeout longest time for one send
  LokiSink(
      Function<String, Labels> labels,
      PushFormat format,
      Transport transport,
      ResponseClassifier classifier,
      Timestamps timestamps,
      boolean metadata,
      Duration timeout,
      Diagnostics diagnostics) {
    this.labels = labels;
    this.format = format;
    this.transport = transport;
    this.classifier = classifier;
    this.batchInHand = new BatchInHand(timestamps);
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
    batchInHand.take(batch);
    int from = batchInHand.refused();
    if (from == batch.records().size()) {
      return batchInHand.refusal();
    }
    int to = endOfPush(batch, from);
    format.write(streams(batch, from, to), metadata, transport.body());
    PostResult reply = transport.post(batch.id(), deadline.atMost(timeout));
    return reply instanceof PostResult.Response answer
        ? judge(answer, batch, to)
        : classifier.classify(reply);
  }

  @Override
  public void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    batchInHand.take(batch);
    format.write(streams(batch, 0, batch.records().size()), metadata, transport.body());
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

  /// As many records from a place on as the server takes at once, at least one.
  private int endOfPush(Batch batch, int from) {
    int to = from + 1;
    int bytes = costOf(batch, from);
    while (to < batch.records().size() && bytes + costOf(batch, to) <= pushBytesMax) {
      bytes += costOf(batch, to);
      to++;
    }
    return to;
  }

  private static int costOf(Batch batch, int index) {
    return batch.records().get(index).sizeBytes() + LINE_OVERHEAD_BYTES;
  }

  private List<PushStream> streams(Batch batch, int from, int to) throws IOException {
    Map<String, PushStream> streams = new LinkedHashMap<>();
    for (int i = from; i < to; i++) {
      LogRecord record = batch.records().get(i);
      PushStream stream =
          streams.computeIfAbsent(
              record.category(), kind -> new PushStream(labels.apply(kind), new ArrayList<>()));
      List<LogRecord> parts = LongLines.split(record);
      if (parts.size() > 1) {
        diagnostics.info(
            "loki: a line longer than Loki takes is stored as several, one after the other");
      }
      for (int part = 0; part < parts.size(); part++) {
        stream.entries().add(new PushStream.Entry(parts.get(part), batchInHand.nanos(i) + part));
      }
    }
    return List.copyOf(streams.values());
  }

  private SendResult judge(PostResult.Response answer, Batch batch, int to) {
    Refusal refusal = new Refusal(answer.errorBody());
    int status = answer.status();
    if (status == INGESTION_BLOCKED) {
      return classifier.rejected(status);
    }
    if (status >= 200 && status <= 299) {
      return arrived(batch, to);
    }
    boolean several = to - batchInHand.refused() > 1;
    if (status == 413
        || (status == 500 && refusal.namesSize())
        || (status == 429 && several && refusal.namesMoreThanASecond())) {
      return tooLarge(answer, batch, to);
    }
    if (status == 400) {
      return invalid(refusal, batch, to);
    }
    return classifier.classify(answer);
  }

  private SendResult arrived(Batch batch, int to) {
    if (batchInHand.refused() == 0 && to == batch.records().size()) {
      return SendResult.DELIVERED;
    }
    return new SendResult.Partial(
        batchInHand.arrivedUpTo(batch, to), List.of(), classifier.host() + " takes less at once");
  }

  private SendResult tooLarge(PostResult.Response answer, Batch batch, int to) {
    int from = batchInHand.refused();
    if (to - from == 1) {
      return refused(classifier.rejected(answer.status()), batch, to);
    }
    int bytes = 0;
    for (int i = from; i < to; i++) {
      bytes += costOf(batch, i);
    }
    pushBytesMax = bytes / 2;
    return new SendResult.Retry(
        answer.retryAfter(),
        classifier.host()
            + " returned "
            + answer.status()
            + ": half as much is sent at once from now on");
  }

  private SendResult invalid(Refusal refusal, Batch batch, int to) {
    if (metadata && refusal.namesStructuredMetadata()) {
      metadata = false;
      String refusesMetadata = classifier.host() + " refuses structured metadata";
      diagnostics.warn("loki: " + refusesMetadata + "; lines go without the request id");
      return SendResult.retry(refusesMetadata + ", the lines are sent again without");
    }
    if (!saidIgnored) {
      refusal.ignored().ifPresent(this::sayIgnored);
    }
    return refused(
        new SendResult.Rejected(
            classifier.host()
                + " returned 400: "
                + refusal.cause()
                + "; of a push it may have stored the rest"),
        batch,
        to);
  }

  private void sayIgnored(Refusal.Ignored ignored) {
    saidIgnored = true;
    diagnostics.warn(
        "loki: "
            + classifier.host()
            + " says that it ignored "
            + ignored.lines()
            + " of "
            + ignored.all()
            + " lines and has the others; all are counted as refused. This is said once");
  }

  /// What was pushed is refused for good; what was not is still to be sent.
  private SendResult refused(SendResult.Rejected rejected, Batch batch, int to) {
    if (to == batch.records().size()) {
      return rejected;
    }
    batchInHand.refuseUpTo(to, rejected);
    return SendResult.retry(rejected.reason());
  }
}
