package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.batch;
import static dev.logshipper.sink.loki.LokiFixture.in;
import static dev.logshipper.sink.loki.LokiFixture.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Batches that need several attempts, delivered as core does it.
class AttemptsTest {
  private static final String TOO_OLD = "2026-11-12T10:15:30.123Z";
  private static final String TWO_HOURS_BEHIND = "2026-11-21T08:15:30.123Z";

  private final List<SendResult> results = new ArrayList<>();
  private LokiDestination server;
  private LokiFixture loki;

  @BeforeEach
  void start() {
    server = LokiFixture.startLoki();
    loki = fixture();
  }

  @AfterEach
  void stop() {
    loki.close();
    server.close();
  }

  @Test
  void equalLinesAreAllStoredInOrderAcrossBatches() throws Exception {
    deliver(batch("b-1", "a", "a", "b", "a"));
    deliver(batch("b-2", "a", "c", "a"));

    assertThat(server.lines()).containsExactly("a", "a", "b", "a", "a", "c", "a");
  }

  @Test
  void lostResponseNeitherLosesNorDuplicatesALine() throws Exception {
    loseNextResponse();
    deliver(batch("b-1", "a", "a"));
    deliver(batch("b-2", "b"));

    assertThat(results.getFirst()).isInstanceOf(SendResult.Retry.class);
    assertThat(server.lines()).containsExactly("a", "a", "b");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void responseLostOnAPooledConnectionDuplicatesNoLine() throws Exception {
    deliver(batch("b-1", "a"));
    loseNextResponse();
    deliver(batch("b-2", "a", "b"));

    assertThat(results).containsOnly(SendResult.DELIVERED);
    assertThat(server.requests()).hasSize(3);
    assertThat(server.lines()).containsExactly("a", "a", "b");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 429, 500})
  void pushThatIsTooLargeIsHalvedUntilItFitsWithoutARetry(int status) throws Exception {
    limitPushes(3_000, status);
    String[] lines = lines(10, 1_000);

    deliver(batch("b-1", lines));

    assertThat(results.getFirst()).isEqualTo(new SendResult.Progress(0));
    assertThat(results)
        .hasOnlyElementsOfTypes(SendResult.Progress.class, SendResult.Delivered.class);
    assertThat(results.getLast()).isEqualTo(SendResult.DELIVERED);
    assertThat(server.lines()).containsExactly(lines);
  }

  @Test
  void sizeThatFitsIsRemembered() throws Exception {
    limitPushes(3_000, 413);
    deliver(batch("b-1", lines(10, 1_000)));
    int requests = server.requests().size();

    deliver(batch("b-2", lines(4, 1_000)));

    assertThat(server.requests()).hasSize(requests + 2);
  }

  @Test
  void responseLostBetweenTwoPushesOfABatchDuplicatesNoLine() throws Exception {
    limitPushes(3_000, 413);
    deliver(batch("b-1", lines(4, 1_000)));
    loseNextResponse();

    deliver(batch("b-2", lines(7, 1_000)));

    assertThat(server.lines()).hasSize(11);
  }

  @Test
  void lineThatFitsIntoNoPushIsRejectedAlone() throws Exception {
    limitPushes(3_000, 413);

    List<String> rejected = deliver(batch("b-1", "a", "x".repeat(4_000), "b", "c"));

    assertThat(server.lines()).containsExactly("a", "b", "c");
    assertThat(rejected).containsExactly("x".repeat(4_000));
    assertThat(results)
        .filteredOn(SendResult.Partial.class::isInstance)
        .singleElement()
        .extracting(result -> ((SendResult.Partial) result).reason())
        .asString()
        .contains("413");
  }

  @Test
  void sizeInTheResponseSavesAttempts() throws Exception {
    limitPushes(3_000, 429);

    deliver(batch("b-1", lines(20, 1_000)));

    assertThat(results.subList(0, 2)).first().isEqualTo(new SendResult.Progress(0));
    assertThat(results.get(1)).isEqualTo(new SendResult.Progress(2));
    assertThat(server.lines()).hasSize(20);
  }

  @Test
  void bodyOfJsonIsBoundedAsItIsEncoded() throws Exception {
    String[] lines = new String[1_000];
    Arrays.fill(lines, "\"".repeat(800));

    deliver(batch("b-1", lines));

    assertThat(server.lines()).hasSize(1_000);
    assertThat(server.requests()).allMatch(request -> request.body().length < 1024 * 1024);
  }

  @Test
  void lineOverTheLimitOfThisServerIsSplitAtIt() throws Exception {
    server.respondNext(
        ScriptedResponse.status(400)
            .body(
                "1 errors like: max entry size '1000' bytes exceeded for stream '{}' while adding"
                    + " an entry with length '2500' bytes"));

    List<String> rejected = deliver(batch("b-1", "a", "x".repeat(2_500), "b"));

    assertThat(rejected).isEmpty();
    assertThat(results)
        .containsExactly(
            new SendResult.Partial(
                List.of(1), List.of(), "127.0.0.1 returned 400: lines are longer than it accepts"),
            SendResult.DELIVERED);
    assertThat(server.lines())
        .containsExactly("x".repeat(1_000), "x".repeat(1_000), "x".repeat(500));
  }

  @Test
  void batchInWhichNothingFitsEnds() throws Exception {
    limitPushes(10, 413);

    List<String> rejected = deliver(batch("b-1", lines(5, 100)));

    assertThat(server.lines()).isEmpty();
    assertThat(rejected).hasSize(5);
  }

  @Test
  void invalidLineInASplitBatchIsRejectedAlone() throws Exception {
    limitPushes(520, 413);
    List<LogRecord> records = new ArrayList<>();
    Arrays.stream(lines(6, 100)).forEach(text -> records.add(line(text)));
    records.set(1, line(TOO_OLD, "too old"));

    List<String> rejected = deliver(batch("b-1", records));

    assertThat(rejected).containsExactly("too old");
    assertThat(server.lines()).hasSize(5).doesNotContain("too old");
  }

  @Test
  void batchAfterAnAbandonedOneIsComplete() throws Exception {
    limitPushes(10, 413);
    for (int i = 0; i < 4; i++) {
      loki.sink.send(batch("b-1", lines(4, 100)), in(20_000));
    }
    limitPushes(1_000, 413);

    deliver(batch("b-2", "a", "b", "c", "d"));

    assertThat(server.lines()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void rejectedMetadataLosesNoLine() throws Exception {
    stop();
    server = LokiDestination.start(LokiFixture.standard().withoutStructuredMetadata());
    loki = fixture();

    deliver(batch("b-1", "a", "a"));
    deliver(batch("b-2", "b"));

    assertThat(server.lines()).containsExactly("a", "a", "b");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void linesThatAreTooOldAreRejectedAndTheOthersDelivered() throws Exception {
    List<String> rejected =
        deliver(
            batch("b-1", List.of(line("a"), line(TOO_OLD, "x"), line(TOO_OLD, "y"), line("b"))));

    assertThat(rejected).containsExactly("x", "y");
    assertThat(server.lines()).containsExactly("a", "b");
    assertThat(results)
        .containsExactly(
            new SendResult.Partial(
                List.of(),
                List.of(1, 2),
                "127.0.0.1 returned 400: lines are older than it accepts"));
  }

  @Test
  void linesTooFarBehindTheirStreamAreRejectedAndTheOthersDelivered() throws Exception {
    deliver(batch("b-1", "newest"));

    List<String> rejected =
        deliver(batch("b-2", List.of(line("a"), line(TWO_HOURS_BEHIND, "x"), line("b"))));

    assertThat(rejected).containsExactly("x");
    assertThat(server.lines()).containsExactly("newest", "a", "b");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void streamThatAReportDoesNotNameCountsAsRejected() throws Exception {
    deliver(batch("b-1", "newest"));
    LogRecord report =
        LogRecord.json(LokiFixture.TIME, "platform.report", null, "{}".getBytes(UTF_8));

    List<String> rejected =
        deliver(batch("b-2", List.of(line("a"), report, line(TWO_HOURS_BEHIND, "x"))));

    assertThat(rejected).containsExactly("{}", "x");
    assertThat(server.lines()).containsExactly("newest", "a", "{}");
  }

  private LokiFixture fixture() {
    // In JSON a push is about as large as its lines.
    return new LokiFixture(server.url(), "PUSHER_LOKI_FORMAT", "json");
  }

  private void loseNextResponse() {
    server.respondNext(server.handled(_ -> ScriptedResponse.resetAfterBody()));
  }

  private void limitPushes(int bytesMax, int status) {
    server.respond(
        ScriptedResponse.computed(request ->
            request.body().length > bytesMax
                ? ScriptedResponse.status(status)
                    .body(tooLarge(status, bytesMax, request.body().length))
                : server.respondTo(
                    request.method(), request.path(), request.headers(), request.body())));
  }

  private static String tooLarge(int status, int bytesMax, int bytes) {
    return status == 429
        ? "Ingestion rate limit exceeded for user fake (limit: "
            + bytesMax
            + " bytes/sec) while attempting to ingest '9' lines totaling '"
            + bytes
            + "' bytes, reduce log volume"
        : "grpc: received message larger than max (5 vs. 4)";
  }

  private List<String> deliver(Batch batch) throws Exception {
    return Delivery.of(batch, loki.sink, results);
  }

  private static String[] lines(int count, int bytes) {
    String[] lines = new String[count];
    Arrays.setAll(lines, i -> i + "-" + "x".repeat(bytes - 2));
    return lines;
  }
}
