package dev.logshipper.sandbox.destination.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Objects: written, read, listed.
class S3DestinationTest {
  private final S3Destination s3 = S3Destination.start("logs", "audit");
  private final S3Sender sender = new S3Sender(s3.url());

  @AfterEach
  void close() {
    sender.close();
    s3.close();
  }

  @Test
  void objectIsStoredAsSent() throws Exception {
    HttpResponse<String> response =
        sender.put(
            "/logs/a/b%20c%2Bd.log",
            "{\"a\":1}\n",
            "Content-Type",
            "application/x-ndjson",
            "x-amz-server-side-encryption",
            "aws:kms",
            "x-amz-expected-bucket-owner",
            "123456789012");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("ETag"))
        .contains("\"4588ff3797b78d819d858fa3bdd82b09\"");
    S3Object object = s3.objects().getFirst();
    assertThat(object.bucket()).isEqualTo("logs");
    assertThat(object.key()).isEqualTo("a/b c+d.log");
    assertThat(object.body()).isEqualTo("{\"a\":1}\n".getBytes(UTF_8));
    assertThat(object.header("content-type")).contains("application/x-ndjson");
    assertThat(object.header("X-Amz-Server-Side-Encryption")).contains("aws:kms");
    assertThat(object.header("Authorization")).isEmpty();
  }

  @Test
  void linesAreInTheOrderOfWritingAndDecompressed() throws Exception {
    sender.put("/logs/z.log", "1\n2\n");
    sender.put("/audit/a.log.gz", gzip("3\n4\n"));
    sender.put("/logs/b", gzip("5"), "Content-Encoding", "gzip");
    sender.put("/logs/empty", "");

    assertThat(s3.awaitLines(5, Duration.ofSeconds(5))).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void objectMarkedAsGzipThatIsNotFailsItsReader() throws Exception {
    sender.put("/logs/a.gz", "plain");

    assertThatThrownBy(s3::lines)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("logs/a.gz is not gzip");
  }

  @Test
  void lastWriterWinsAndIsTheLastInOrder() throws Exception {
    sender.put("/logs/a", "1");
    sender.put("/logs/b", "2");
    sender.put("/logs/a", "3");

    assertThat(s3.objects()).extracting(S3Object::key).containsExactly("b", "a");
    assertThat(s3.lines()).containsExactly("2", "3");
  }

  @Test
  void ifNoneMatchKeepsTheExistingObject() throws Exception {
    assertThat(sender.put("/logs/a", "1", "If-None-Match", "*").statusCode()).isEqualTo(200);

    HttpResponse<String> again = sender.put("/logs/a", "2", "If-None-Match", "*");

    assertError(again, 412, "PreconditionFailed");
    assertError(sender.put("/logs/b", "2", "If-None-Match", "\"x\""), 501, "NotImplemented");
    assertThat(s3.lines()).containsExactly("1");
  }

  @Test
  void objectIsReadBackByteForByte() throws Exception {
    byte[] zipped = gzip("1\n");
    sender.put("/logs/a.gz", zipped, "Content-Encoding", "gzip", "Content-Type", "text/plain");

    HttpResponse<byte[]> response = sender.getBytes("/logs/a.gz");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(zipped);
    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/plain");
    assertThat(response.headers().firstValue("Last-Modified").orElse("")).endsWith("GMT");
    HttpResponse<String> head = sender.send("HEAD", "/logs/a.gz", new byte[0]);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(zipped.length);
  }

  @Test
  void missingBucketAndMissingKeyAreDistinguished() throws Exception {
    assertError(sender.get("/logs/none"), 404, "NoSuchKey");
    assertError(sender.get("/none/none"), 404, "NoSuchBucket");
    assertError(sender.put("/none/a", "1"), 404, "NoSuchBucket");
    assertThat(sender.send("HEAD", "/none", new byte[0]).statusCode()).isEqualTo(404);
    assertThat(sender.send("HEAD", "/logs", new byte[0]).statusCode()).isEqualTo(200);
  }

  @Test
  void keysAreListedInOrderAndInPages() throws Exception {
    for (String key : new String[] {"p/c", "p/a", "q/x", "p/b"}) {
      sender.put("/logs/" + key, "1");
    }

    String first = sender.get("/logs?list-type=2&prefix=p%2F&max-keys=2").body();
    String second =
        sender.get("/logs?continuation-token=p%2Fb&list-type=2&max-keys=2&prefix=p%2F").body();

    assertThat(first)
        .containsSubsequence("<Key>p/a</Key>", "<Size>1</Size>", "<Key>p/b</Key>")
        .contains("<IsTruncated>true</IsTruncated>")
        .contains("<NextContinuationToken>p/b</NextContinuationToken>")
        .doesNotContain("p/c");
    assertThat(second)
        .contains("<Key>p/c</Key>", "<IsTruncated>false</IsTruncated>", "<KeyCount>1</KeyCount>")
        .doesNotContain("p/b<", "q/x");
  }

  @Test
  void keysAreEscapedOnRequest() throws Exception {
    sender.put("/logs/a%20%26%C3%A9", "1");

    assertThat(sender.get("/logs?list-type=2").body()).contains("<Key>a &amp;é</Key>");
    assertThat(sender.get("/logs?encoding-type=url&list-type=2").body())
        .contains("<Key>a+%26%C3%A9</Key>", "<EncodingType>url</EncodingType>");
    assertError(sender.get("/logs?list-type=2&max-keys=x"), 400, "InvalidArgument");
  }

  @Test
  void unsupportedOperationsAreRejected() throws Exception {
    assertError(sender.get("/"), 501, "NotImplemented");
    assertError(sender.get("/logs?acl"), 501, "NotImplemented");
    assertError(sender.get("/logs"), 501, "NotImplemented");
    assertError(sender.send("DELETE", "/logs/a", new byte[0]), 501, "NotImplemented");
    assertError(sender.send("POST", "/logs/a?uploads", new byte[0]), 501, "NotImplemented");
  }

  @Test
  void scriptedErrorTakesPrecedenceAndNothingIsStored() throws Exception {
    s3.respondNext(
        S3Destination.slowDown(),
        S3Destination.accessDenied(),
        S3Destination.error(400, "ExpiredToken", "The provided token has expired."));

    assertError(sender.put("/logs/a", "1"), 503, "SlowDown");
    assertError(sender.put("/logs/a", "1"), 403, "AccessDenied");
    assertError(sender.put("/logs/a", "1"), 400, "ExpiredToken");
    assertThat(s3.objects()).isEmpty();
    assertThat(sender.put("/logs/a", "1").statusCode()).isEqualTo(200);
  }

  @Test
  void storedObjectsRemainWhenTheResponseIsLost() {
    s3.respondNext(s3.handled(_ -> ScriptedResponse.resetAfterBody()));

    assertThatThrownBy(() -> sender.put("/logs/a", "1")).isInstanceOf(IOException.class);

    assertThat(s3.awaitLines(1, Duration.ofSeconds(5))).containsExactly("1");
  }

  static void assertError(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains("<Error><Code>" + code + "</Code><Message>");
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(text.getBytes(UTF_8));
    }
    return zipped.toByteArray();
  }
}
