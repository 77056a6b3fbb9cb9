package dev.logshipper.sandbox.destination.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirehoseDestinationTest {
  private static final AwsCredentials KEY = new AwsCredentials("AKID", "secret");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORD_LIMIT = "x".repeat(1_024_000);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private FirehoseDestination firehose = FirehoseDestination.start("logs", "audit");

  @AfterEach
  void close() {
    client.shutdownNow();
    firehose.close();
  }

  @Test
  void recordsAreStoredAndEachGetsAnId() throws Exception {
    HttpResponse<String> response = put("logs", "a\n", "b\nc\n");

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode body = JSON.readTree(response.body());
    assertThat(body.path("FailedPutCount").asInt(-1)).isZero();
    assertThat(body.path("Encrypted").isBoolean()).isTrue();
    assertThat(body.path("RequestResponses").findValuesAsText("RecordId"))
        .hasSize(2)
        .doesNotHaveDuplicates();
    assertThat(firehose.records("logs")).containsExactly("a\n", "b\nc\n");
    assertThat(firehose.awaitLines(3, Duration.ofSeconds(5))).containsExactly("a", "b", "c");
  }

  @Test
  void recordsWithoutNewlineBecomeOneLine() throws Exception {
    put("logs", "a", "b\n", "\n", "c");

    assertThat(firehose.lines()).containsExactly("ab", "", "c");
  }

  @Test
  void gzipMembersShowDecompressed() throws Exception {
    putGzipped("a\n", "b\nc\n");

    assertThat(firehose.lines()).containsExactly("a", "b", "c");
  }

  @Test
  void plainRecordsAfterGzipMembersCannotBeRead() throws Exception {
    putGzipped("a\n");
    put("logs", "b\n");

    assertThat(firehose.lines()).as("as gzip tools read it").containsExactly("a");
  }

  @Test
  void streamsAreSeparate() throws Exception {
    put("audit", "audited");
    put("logs", "logged\n");

    assertThat(firehose.lines()).containsExactly("logged", "audited");
    assertThat(firehose.records("audit")).containsExactly("audited");
    assertThat(firehose.records("unknown")).isEmpty();
  }

  @Test
  void unknownStreamIsNotFound() throws Exception {
    assertRejected(
        put("other", "a\n"),
        "ResourceNotFoundException",
        "Firehose other not found under account 123456789012.");
  }

  @Test
  void invalidStreamNameIsRejected() throws Exception {
    assertRejected(put("a/b", "a\n"), "ValidationException", "deliveryStreamName");
    assertRejected(put("x".repeat(65), "a\n"), "ValidationException", "deliveryStreamName");
  }

  @Test
  void fiveHundredRecordsAreStoredAnd501Rejected() throws Exception {
    assertThat(put("logs", copies(500, "x\n")).statusCode()).isEqualTo(200);
    assertRejected(put("logs", copies(501, "x\n")), "ValidationException", "not 501");
    assertRejected(put("logs"), "ValidationException", "not 0");

    assertThat(firehose.lines()).hasSize(500);
  }

  @Test
  void recordOf1024000BytesIsStoredAndOneByteMoreRejected() throws Exception {
    assertThat(put("logs", RECORD_LIMIT).statusCode()).isEqualTo(200);
    assertRejected(
        put("logs", "x", RECORD_LIMIT + "x"), "ValidationException", "'records.2.member.data'");

    assertThat(firehose.records("logs")).hasSize(1);
  }

  @Test
  void emptyRecordIsRejected() throws Exception {
    assertRejected(put("logs", "x", ""), "ValidationException", "'records.2.member.data'");
  }

  @Test
  void fourMebibytesAreStoredAndOneByteMoreRejected() throws Exception {
    String padding = "x".repeat(4 * 1_048_576 - 4 * 1_024_000);

    assertThat(put("logs", copies(4, RECORD_LIMIT, padding)).statusCode()).isEqualTo(200);
    assertRejected(
        put("logs", copies(4, RECORD_LIMIT, padding + "x")), "InvalidArgumentException", "4194305");

    assertThat(firehose.records("logs")).hasSize(5);
  }

  @Test
  void scriptedRecordsFailAndTheOthersAreStored() throws Exception {
    firehose.respondNext(firehose.failing(0, 2, 9));

    JsonNode body = JSON.readTree(put("logs", "a\n", "b\n", "c\n").body());

    assertThat(body.path("FailedPutCount").asInt()).isEqualTo(2);
    JsonNode responses = body.path("RequestResponses");
    assertThat(responses.get(0).path("ErrorCode").asText())
        .isEqualTo("ServiceUnavailableException");
    assertThat(responses.get(0).path("ErrorMessage").asText()).isEqualTo("Slow down.");
    assertThat(responses.get(1).has("RecordId")).isTrue();
    assertThat(responses.get(2).has("RecordId")).isFalse();
    assertThat(firehose.lines()).containsExactly("b");

    put("logs", "a\n", "c\n");
    assertThat(firehose.lines()).containsExactly("b", "a", "c");
  }

  @Test
  void throttledRequestStoresNothing() throws Exception {
    firehose.respondNext(FirehoseDestination.throttled());

    HttpResponse<String> response = put("logs", "a\n");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(JSON.readTree(response.body()).path("__type").asText())
        .isEqualTo("ServiceUnavailableException");
    assertThat(firehose.lines()).isEmpty();
  }

  @Test
  void anyExceptionCanBeScripted() throws Exception {
    firehose.respondNext(FirehoseDestination.exception(400, "ExpiredTokenException", "expired"));

    assertRejected(put("logs", "a\n"), "ExpiredTokenException", "expired");
  }

  @Test
  void storedRecordsRemainWhenTheResponseIsLost() {
    firehose.respondNext(firehose.handled(_ -> ScriptedResponse.resetAfterBody()));

    assertThatThrownBy(() -> put("logs", "a\n")).isInstanceOf(IOException.class);

    assertThat(firehose.awaitLines(1, Duration.ofSeconds(5))).containsExactly("a");
  }

  @Test
  void malformedBodyIsRejected() throws Exception {
    for (String body :
        List.of("not JSON", "{\"DeliveryStreamName\":\"logs\",\"Records\":[{\"Data\":\"%%\"}]}")) {
      assertRejected(send(signed(body, "firehose", KEY)), "SerializationException", "");
    }
    assertRejected(
        send(
            signed(
                "{\"DeliveryStreamName\":\"logs\",\"Records\":[{\"Data\":7}]}", "firehose", KEY)),
        "SerializationException",
        "");
  }

  @Test
  void otherOperationsAreUnknown() throws Exception {
    HttpRequest.Builder request = signed(FirehoseRequests.body("logs", "a"), "firehose", KEY);
    request.setHeader("X-Amz-Target", "Firehose_20150804.PutRecord");

    assertRejected(send(request), "UnknownOperationException", "PutRecord");
    assertRejected(
        send(
            signed(FirehoseRequests.body("logs", "a"), "firehose", KEY)
                .setHeader("Content-Type", "text/plain")),
        "UnknownOperationException",
        "text/plain");
  }

  @Test
  void requestMustBeSignedForFirehose() throws Exception {
    HttpRequest.Builder unsigned =
        HttpRequest.newBuilder(URI.create(firehose.url()))
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "Firehose_20150804.PutRecordBatch")
            .POST(BodyPublishers.ofString(FirehoseRequests.body("logs", "a")));
    assertRejected(send(unsigned), "MissingAuthenticationTokenException", "Missing");
    assertRejected(
        send(unsigned.copy().header("Authorization", "Bearer x")),
        "IncompleteSignatureException",
        "Credential");
    assertRejected(
        send(signed(FirehoseRequests.body("logs", "a"), "s3", KEY)),
        "InvalidSignatureException",
        "correct service: 'firehose'");

    assertThat(firehose.lines()).isEmpty();
  }

  @Test
  void onlyRequestsSignedWithTheKeyAreAccepted() throws Exception {
    firehose.close();
    firehose = FirehoseDestination.start(FirehoseBehaviour.of("logs").signedBy(KEY));

    assertThat(put("logs", "a\n").statusCode()).isEqualTo(200);
    assertRejected(
        send(
            signed(
                FirehoseRequests.body("logs", "b\n"),
                "firehose",
                new AwsCredentials("AKID", "other"))),
        "InvalidSignatureException",
        "does not match");
    assertThat(firehose.lines()).containsExactly("a");
  }

  private HttpResponse<String> put(String stream, String... records)
      throws IOException, InterruptedException {
    return send(signed(FirehoseRequests.body(stream, records), "firehose", KEY));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder signed(String body, String service, AwsCredentials key) {
    return FirehoseRequests.signed(URI.create(firehose.url() + "/"), body, service, key);
  }

  private void putGzipped(String... members) throws IOException, InterruptedException {
    String body = FirehoseRequests.gzipped("logs", members);
    assertThat(send(signed(body, "firehose", KEY)).statusCode()).isEqualTo(200);
  }

  private static String[] copies(int count, String record, String... more) {
    List<String> records = new java.util.ArrayList<>(Collections.nCopies(count, record));
    Collections.addAll(records, more);
    return records.toArray(String[]::new);
  }

  private static void assertRejected(HttpResponse<String> response, String type, String message)
      throws IOException {
    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode body = JSON.readTree(response.body());
    assertThat(body.path("__type").asText()).isEqualTo(type);
    assertThat(body.path("message").asText()).contains(message);
  }
}
