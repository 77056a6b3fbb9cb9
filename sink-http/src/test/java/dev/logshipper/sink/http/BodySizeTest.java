package dev.logshipper.sink.http;

import static dev.logshipper.sink.http.HttpFixture.batch;
import static dev.logshipper.sink.http.HttpFixture.in;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.SendResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import okio.GzipSource;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The size of bodies against servers with a limit.
class BodySizeTest {
  /// Of a batch, as core counts them by default.
  private static final int BATCH_BYTES = 768 * 1024;

  private final MockWebServer server = new MockWebServer();
  private final List<Integer> sizes = new ArrayList<>();
  private final List<String> stored = new ArrayList<>();
  private int limit = 1024 * 1024;
  private MockResponse error = new MockResponse.Builder().code(413).build();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            ByteString body = requireNonNull(request.getBody());
            sizes.add(body.size());
            if (body.size() > limit) {
              return error;
            }
            stored.addAll(
                messages(body, "gzip".equals(request.getHeaders().get("Content-Encoding"))));
            return new MockResponse.Builder().code(200).build();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void batchThatGrowsByEscapesStaysBelowOneMebibyte() throws Exception {
    String line = "\\\"".repeat(250);
    String[] lines = new String[BATCH_BYTES / (line.length() + 250)];
    Arrays.fill(lines, line);

    deliver(fixture(), batch("b-1", lines));

    assertThat(stored).hasSize(lines.length);
    assertThat(sizes).hasSizeGreaterThan(1).allMatch(size -> size <= 1_000_000);
  }

  @Test
  void batchThatTheUserMadeLargerIsSentInALargerBody() throws Exception {
    String[] lines = new String[2_000];
    Arrays.fill(lines, "x".repeat(1_000));
    limit = Integer.MAX_VALUE;

    deliver(fixture(), batch("b-1", lines));

    assertThat(sizes).hasSize(1);
  }

  @Test
  void bodyIsHalvedUntilItFitsAndStaysThatSmall() throws Exception {
    limit = 100 * 1024;
    String[] lines = IntStream.range(0, 2_000).mapToObj(Integer::toString).toArray(String[]::new);
    HttpFixture http = fixture();

    deliver(http, batch("b-1", lines));
    int first = sizes.size();
    deliver(http, batch("b-2", lines));

    assertThat(stored).hasSize(4_000).startsWith("0", "1").endsWith("1999");
    assertThat(sizes.stream().filter(size -> size > limit)).hasSizeLessThanOrEqualTo(4);
    assertThat(sizes.subList(first, sizes.size())).allMatch(size -> size <= limit);
  }

  @Test
  void onlyARecordThatDoesNotFitAloneIsRejected() throws Exception {
    limit = 10_000;
    HttpFixture http = fixture("PUSHER_HTTP_FORMAT", "plain");

    List<SendResult> results =
        deliver(http, batch("b-1", "a", "b", "x".repeat(20_000), "c", "y".repeat(30_000), "d"));

    assertThat(stored).containsExactly("a", "b", "c", "d");
    assertThat(results)
        .filteredOn(SendResult.Partial.class::isInstance)
        .extracting(result -> ((SendResult.Partial) result).reason())
        .hasSize(2)
        .allMatch(reason -> reason.endsWith("too large for it (a single record of 20076 bytes)"));
  }

  @Test
  void serverThatEndsTheConnectionInsteadGetsSmallerBodies() throws Exception {
    limit = 300_000;
    error = new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
    String[] lines = new String[2_000];
    Arrays.fill(lines, "hush");

    List<SendResult> results = deliver(fixture(), batch("b-1", lines));

    assertThat(stored).hasSize(2_000);
    assertThat(results).filteredOn(SendResult.Retry.class::isInstance).hasSizeBetween(1, 4);
  }

  @Test
  void compressedBodyIsMeasuredBeforeCompression() throws Exception {
    String[] lines = new String[3_000];
    Arrays.fill(lines, "\"".repeat(200));

    deliver(fixture("PUSHER_HTTP_GZIP", "true"), batch("b-1", lines));

    assertThat(stored).hasSize(3_000);
    assertThat(sizes).hasSizeGreaterThan(1);
  }

  @Test
  void arrayIsOneJsonDocumentOfEachSize() throws Exception {
    limit = 2_000;
    String[] lines = new String[100];
    Arrays.fill(lines, "hush");

    deliver(fixture("PUSHER_HTTP_FRAMING", "array"), batch("b-1", lines));

    assertThat(stored).hasSize(100);
    assertThat(sizes).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @CsvSource({
    "400, request body is too large",
    "400, Request payload size exceeds the limit: 10485760 bytes.",
    "429, 'data too large, data for [<http_request>] would be [99/99b], which is larger than'",
    "500, grpc: received message larger than max (1048600 vs. 1048576)",
    "422, batch too big"
  })
  void errorThatGivesTheSizeAsReasonCountsAsTooLarge(int status, String text) throws Exception {
    limit = 10_000;
    error = new MockResponse.Builder().code(status).body(text).build();
    String[] lines = new String[200];
    Arrays.fill(lines, "hush");

    deliver(fixture("PUSHER_HTTP_FORMAT", "plain"), batch("b-1", lines));

    assertThat(stored).hasSize(200);
  }

  @ParameterizedTest
  @CsvSource({"400, invalid request", "400, field level is too long", "401, body too large"})
  void otherErrorIsNotAboutTheSize(int status, String text) throws Exception {
    limit = 0;
    error = new MockResponse.Builder().code(status).body(text).build();

    assertThat(fixture().sink.send(batch("b-1", "a", "b"), in(5_000)))
        .isInstanceOf(SendResult.Rejected.class);
  }

  @Test
  void rejectionConcernsTheRecordsInTheBody() throws Exception {
    limit = 0;
    error = new MockResponse.Builder().code(400).build();
    String[] lines = new String[3];
    Arrays.fill(lines, "\u0001".repeat(100_000));

    SendResult result =
        fixture("PUSHER_HTTP_FORMAT", "plain").sink.send(batch("b-1", lines), in(5_000));

    assertThat(result).isInstanceOf(SendResult.Partial.class);
    assertThat(((SendResult.Partial) result).rejected()).containsExactly(0);
    assertThat(((SendResult.Partial) result).retry()).containsExactly(1, 2);
  }

  /// Sends as core does: until nothing remains.
  private static List<SendResult> deliver(HttpFixture http, Batch first) throws Exception {
    List<SendResult> results = new ArrayList<>();
    Batch batch = first;
    while (batch != null) {
      SendResult result = http.sink.send(batch, in(20_000));
      results.add(result);
      batch =
          switch (result) {
            case SendResult.Progress progress -> batch.remainder(progress.delivered());
            case SendResult.Partial partial when !partial.retry().isEmpty() ->
                batch.remainder(partial.retry());
            case SendResult.Retry _ -> batch;
            default -> null;
          };
    }
    return results;
  }

  private HttpFixture fixture(String... environment) {
    return new HttpFixture(server.url("/").toString(), environment);
  }

  private static List<String> messages(ByteString body, boolean gzip) {
    try {
      BufferedSource source =
          gzip ? Okio.buffer(new GzipSource(new Buffer().write(body))) : new Buffer().write(body);
      List<String> messages = new ArrayList<>();
      for (String line : source.readUtf8().lines().toList()) {
        int at = line.indexOf("\"message\":\"");
        if (at >= 0) {
          messages.add(line.substring(at + 11, line.indexOf('"', at + 11)));
        }
      }
      return messages;
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
