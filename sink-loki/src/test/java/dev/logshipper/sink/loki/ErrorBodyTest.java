package dev.logshipper.sink.loki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTest {

  @ParameterizedTest
  @CsvSource({
    "entry for stream '{}' has timestamp too old: 2026, lines are older than it accepts",
    "'reason: ''entry out of order''', lines are older than the newest of their stream",
    "'reason: ''entry too far behind''', lines are too far behind the newest of their stream",
    "entry for stream '{}' has timestamp too new, lines are ahead of its clock",
    "Max entry size '262144' bytes exceeded, lines are longer than it accepts",
    "entry for stream '{}' has 16 label names; limit 15, its limits do not allow these labels",
    "stream '{}' has label name too long: 'x', its limits do not allow these labels",
    "stream '{}' has label value too long, its limits do not allow these labels",
    "couldn't parse labels: 1:2: parse error, it cannot parse the labels",
    "Error parsing labels '{' with error, it cannot parse the labels",
    "snappy: corrupt input, it found lines invalid",
    "'', it found lines invalid"
  })
  void causeIsGivenInOwnWords(String text, String words) {
    assertThat(new ErrorBody(text).cause()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "has timestamp too old: 2026, 1",
    "'2 errors like: has timestamp too old; 13 errors like: has timestamp too new', 15",
    "'2 errors like: has timestamp too old; 1 errors like: has 16 label names', 0",
    "'x errors like: has timestamp too old', 0",
    "couldn't parse labels, 0",
    "'', 0"
  })
  void invalidLinesAreCounted(String text, int lines) {
    assertThat(new ErrorBody(text).invalidLines()).isEqualTo(lines);
  }

  @Test
  void textThatIsCutOffGivesNoNumber() {
    String text = "3 errors like: has timestamp too old" + " ".repeat(ErrorBody.BYTES_MAX);

    assertThat(new ErrorBody(text.substring(0, ErrorBody.BYTES_MAX)).invalidLines()).isZero();
  }

  @Test
  void reportsOfIgnoredLinesAreRead() {
    String text =
        "total ignored: 1 out of 2 for stream: {A}\ntotal ignored: 3 out of 30 for stream: {B}";

    assertThat(new ErrorBody(text).ignored())
        .containsExactly(
            new ErrorBody.Ignored(1, 2, " for stream: {a}\n"),
            new ErrorBody.Ignored(3, 30, " for stream: {b}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "total ignored: ",
        "total ignored: many out of more for stream: {}",
        "total ignored: 3",
        "total ignored: 3 out of 2 for stream: {}",
        "total ignored: 0 out of 2 for stream: {}",
        "total ignored: -1 out of 2 for stream: {}"
      })
  void implausibleReportsAreSkipped(String text) {
    assertThat(new ErrorBody(text).ignored()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Ingestion rate limit exceeded for user 7 (limit: 100 bytes/sec), 101, true",
    "Ingestion rate limit exceeded for user 7 (limit: 100 bytes/sec), 100, false",
    "Ingestion rate limit exceeded for user 7, 101, false",
    "Per stream rate limit exceeded (limit: 3MB/sec), 101, false"
  })
  void pushBeyondTheLimitOfASecondIsRecognized(String limit, int bytes, boolean exceeds) {
    String text = limit + " while attempting to ingest '2' lines totaling '" + bytes + "' bytes";

    assertThat(new ErrorBody(text).exceedsLimitOfASecond()).isEqualTo(exceeds);
  }

  @ParameterizedTest
  @CsvSource({
    "50, 100, 0.5, policy \"a\" (limit: 200 bytes/sec) ingesting 1 lines totaling 60 bytes",
    "200, 60, 0.2, policy \"a\" (limit: 12 bytes/sec) ingesting 1 lines totaling 60 bytes",
    "200, 60, 1, policy \"a\" (limit: 60 bytes/sec) ingesting 1 lines totaling 60 bytes",
    "200, 60, 1, 'policy \"a\" ingesting 1 lines totaling 60 bytes'"
  })
  void bucketWithTheSmallestShareCounts(int limit, int total, double share, String bucket) {
    String text =
        "ingestion rate limit exceeded for user T across multiple buckets: policy \"b\" (limit: "
            + limit
            + " bytes/sec) ingesting 2 lines totaling "
            + total
            + " bytes; "
            + bucket
            + "; reduce log volume";
    ErrorBody error = new ErrorBody(text);

    assertThat(error.acceptedShare()).isEqualTo(share);
    assertThat(error.exceedsLimitOfASecond()).isEqualTo(share < 1);
  }

  @Test
  void limitOfAPolicyIsRead() {
    String text =
        "Ingestion rate limit exceeded for user T, policy P (limit: 10 bytes/sec) while attempting"
            + " to ingest '3' lines totaling '40' bytes, reduce log volume";

    assertThat(new ErrorBody(text).acceptedShare()).isEqualTo(0.25);
  }

  @ParameterizedTest
  @CsvSource({
    "rpc error: grpc: received message larger than max (4194305 vs. 4194304), true",
    "http: request body too large, true",
    "snappy: decoded block is too large, true",
    "message size too large than max (200 vs 100), true",
    "stream '{}' has structured metadata too large: 70000 bytes, false",
    "Request size limit exceeded, true",
    "rpc error: code = ResourceExhausted desc = trying to send message larger than max, true",
    "Max entry size '256' bytes exceeded for stream '{}' while adding an entry, false",
    "stream '{}' has label value too long: 'x', false",
    "Per stream rate limit exceeded (limit: 3MB/sec) totaling 5MB, false",
    "has timestamp too old, false",
    "'', false"
  })
  void messageThatIsTooLargeIsRecognized(String text, boolean tooLarge) {
    assertThat(new ErrorBody(text).isMessageTooLarge()).isEqualTo(tooLarge);
  }

  @ParameterizedTest
  @CsvSource({
    "received message larger than max (4000 vs. 1000), 0.25",
    "message size too large than max (1000 > 500), 0.5",
    "http: request body too large, 1"
  })
  void shareFollowsFromTheSizes(String text, double share) {
    assertThat(new ErrorBody(text).acceptedShare()).isEqualTo(share);
  }

  @ParameterizedTest
  @CsvSource({
    "couldn't parse labels, '[0, 1, 2, 3]'",
    "2 errors like: has timestamp too old, '[0, 1]'",
    "9 errors like: has timestamp too old, '[0, 1, 2, 3]'",
    "'total ignored: 1 out of 3 for stream: {lambda=\"function\"}', '[0, 3]'",
    "'total ignored: 1 out of 2 for stream: {lambda=\"function\"}', '[0, 1, 3]'",
    "'total ignored: 1 out of 4 for stream: {lambda=\"function\"}', '[0, 1, 2, 3]'",
    "'total ignored: 1 out of 1 for stream: {lambda=\"platform\"}', '[0, 1, 2, 3]'",
    "'total ignored: 1 out of 3 for stream: {a=\"b\"}', '[0, 1, 2, 3]'"
  })
  void rejectedRecordsAreThoseReportedAndThoseOfUnnamedStreams(String text, String indexes) {
    // Three lines of a function and one of the platform.
    PushStream function = stream("function", 0, 1, 2);
    PushStream platform = stream("platform", 3);

    assertThat(RejectedLines.indexes(new ErrorBody(text), List.of(function, platform)))
        .hasToString(indexes);
  }

  private static PushStream stream(String category, int... indexes) {
    List<PushStream.Entry> entries = new ArrayList<>();
    for (int index : indexes) {
      LogRecord line = LokiFixture.line(Integer.toString(index));
      entries.add(
          new PushStream.Entry(
              line, index, LokiFixture.TIME_NANOS + index, PushStream.Metadata.NONE));
    }
    return new PushStream(
        StreamLabels.of(LokiFixture.settings("http://a"), category), List.copyOf(entries));
  }
}
