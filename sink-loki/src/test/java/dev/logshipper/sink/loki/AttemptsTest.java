package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.batch;
import static dev.logshipper.sink.loki.LokiFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.SendResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Batches that take several attempts, brought to their end as core does it, against a server that
/// behaves like Loki.
class AttemptsTest {
  private FakeLoki server;
  private LokiFixture loki;
  private final List<SendResult> results = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = new FakeLoki();
    loki = new LokiFixture(server.url());
  }

  @AfterEach
  void stop() {
    loki.close();
    server.close();
  }

  @Test
  void twinsAreAllStoredInOrderOverBatches() throws Exception {
    deliver(batch("b-1", "a", "a", "b", "a"));
    deliver(batch("b-2", "a", "c", "a"));

    assertThat(server.lines()).containsExactly("a", "a", "b", "a", "a", "c", "a");
  }

  @Test
  void lostAnswerCostsNoLineAndDoublesNone() throws Exception {
    server.loseNextAnswer();
    deliver(batch("b-1", "a", "a"));
    deliver(batch("b-2", "b"));

    assertThat(results.getFirst()).isInstanceOf(SendResult.Retry.class);
    assertThat(server.lines()).containsExactly("a", "a", "b");
    assertThat(server.requests()).isEqualTo(3);
  }

  @Test
  void answerLostOnAPooledConnectionDoublesNoLine() throws Exception {
    deliver(batch("b-1", "a"));
    server.loseNextAnswer();
    deliver(batch("b-2", "a", "b"));

    assertThat(results).containsOnly(SendResult.DELIVERED);
    assertThat(server.requests()).isEqualTo(3);
    assertThat(server.lines()).containsExactly("a", "a", "b");
  }

  @ParameterizedTest
  @ValueSource(ints = {413, 429, 500})
  void pushThatIsTooLargeIsHalvedUntilItFits(int status) throws Exception {
    server.store.tooLargeStatus = status;
    server.store.pushBytesMax = 3_000;
    String[] lines = lines(10, 1_000);

    deliver(batch("b-1", lines));

    assertThat(results.getFirst()).isInstanceOf(SendResult.Retry.class);
    assertThat(results.getLast()).isEqualTo(SendResult.DELIVERED);
    assertThat(server.lines()).containsExactly(lines);
  }

  @Test
  void sizeThatFitsIsRemembered() throws Exception {
    server.store.pushBytesMax = 3_000;
    deliver(batch("b-1", lines(10, 1_000)));
    int requests = server.requests();

    deliver(batch("b-2", lines(4, 1_000)));

    assertThat(server.requests()).isEqualTo(requests + 2);
  }

  @Test
  void answerLostWithinPartsDoublesNoLine() throws Exception {
    server.store.pushBytesMax = 3_000;
    deliver(batch("b-1", lines(4, 1_000)));
    server.loseNextAnswer();

    deliver(batch("b-2", lines(7, 1_000)));

    assertThat(server.lines()).hasSize(11);
  }

  @Test
  void lineThatFitsInNoPushIsRefusedAloneAndHoldsUpNoOther() throws Exception {
    server.store.pushBytesMax = 3_000;

    List<String> refused = deliver(batch("b-1", "a", "x".repeat(4_000), "b", "c"));

    assertThat(server.lines()).containsExactly("a", "b", "c");
    assertThat(refused).containsExactly("x".repeat(4_000));
    assertThat(((SendResult.Rejected) results.getLast()).reason()).contains("413");
  }

  @Test
  void batchInWhichNothingFitsEnds() throws Exception {
    server.store.pushBytesMax = 10;

    List<String> refused = deliver(batch("b-1", lines(5, 100)));

    assertThat(server.lines()).isEmpty();
    assertThat(refused).hasSize(5);
  }

  @Test
  void invalidLinesInPartsCostTheirOwnPartOnly() throws Exception {
    server.store.pushBytesMax = 250;
    String invalid = "invalid" + "x".repeat(93);
    String[] lines = lines(6, 100);
    lines[1] = invalid;

    List<String> refused = deliver(batch("b-1", lines));

    assertThat(refused).contains(invalid).hasSizeLessThan(3);
    assertThat(server.lines()).hasSize(5).doesNotContain(invalid);
    assertThat(((SendResult.Rejected) results.getLast()).reason()).contains("too far behind");
  }

  @Test
  void batchAfterOneGivenUpBeginsAnew() throws Exception {
    server.store.pushBytesMax = 10;
    // Core may give a batch to another sink in the midst of its attempts.
    for (int i = 0; i < 4; i++) {
      loki.sink.send(batch("b-1", lines(4, 100)), in(20_000));
    }
    server.store.pushBytesMax = 1_000;

    deliver(batch("b-2", "a", "b", "c", "d"));

    assertThat(server.lines()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void refusedMetadataLosesNoLine() throws Exception {
    server.store.takesMetadata = false;
    deliver(batch("b-1", "a", "a"));
    deliver(batch("b-2", "b"));

    assertThat(server.lines()).containsExactly("a", "a", "b");
    assertThat(server.requests()).isEqualTo(3);
  }

  @Test
  void neighboursOfAnInvalidLineAreStoredAndNotSentAgain() throws Exception {
    List<String> refused = deliver(batch("b-1", "a", "invalid", "b"));

    assertThat(server.lines()).containsExactly("a", "b");
    assertThat(server.requests()).isEqualTo(1);
    assertThat(refused).hasSize(3);
  }

  /// Does what core does until the batch has come to an end.
  ///
  /// @return what core would count as refused
  private List<String> deliver(Batch first) throws Exception {
    Batch batch = first;
    for (int attempts = 0; attempts < 50; attempts++) {
      SendResult result = loki.sink.send(batch, in(20_000));
      results.add(result);
      switch (result) {
        case SendResult.Delivered _ -> {
          return List.of();
        }
        case SendResult.Rejected _ -> {
          return batch.records().stream().map(record -> record.text()).toList();
        }
        case SendResult.Partial partial -> {
          assertThat(partial.retry()).isSorted().hasSizeBetween(1, batch.records().size() - 1);
          batch = batch.remainder(partial.retry());
        }
        case SendResult.Progress progress -> batch = batch.remainder(progress.delivered());
        case SendResult.Retry _ -> {}
      }
    }
    throw new AssertionError("it comes to no end: " + results);
  }

  private static String[] lines(int count, int bytes) {
    String[] lines = new String[count];
    Arrays.setAll(lines, i -> i + "-" + "x".repeat(bytes - 2));
    return lines;
  }
}
