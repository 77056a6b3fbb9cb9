package dev.logshipper.sandbox.destination.s3;

import static dev.logshipper.sandbox.destination.s3.S3DestinationTest.assertError;
import static dev.logshipper.sandbox.destination.s3.S3DestinationTest.gzip;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The checks and the framing of uploads.
class S3UploadTest {
  private static final String UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
  private static final String SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

  private final S3Destination s3 = S3Destination.start("logs");
  private final S3Sender sender = new S3Sender(s3.url());

  @AfterEach
  void close() {
    sender.close();
    s3.close();
  }

  /// Checksums of the body "hello".
  @ParameterizedTest
  @CsvSource({
    "x-amz-checksum-crc32, NhCmhg==",
    "x-amz-checksum-crc32c, mnG7TA==",
    "x-amz-checksum-sha1, qvTGHdzF6KLavt4PO0gs2a6pQ00=",
    "x-amz-checksum-sha256, LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
    "Content-MD5, XUFAKrxLKna5cZ2REBfFkg=="
  })
  void matchingChecksumIsAcceptedAndOtherIsRejected(String header, String checksum)
      throws Exception {
    assertThat(sender.put("/logs/a", "hello", header, checksum).statusCode()).isEqualTo(200);
    assertError(sender.put("/logs/b", "hullo", header, checksum), 400, "BadDigest");

    assertThat(s3.objects()).hasSize(1);
    assertThat(s3.objects().getFirst().header(header)).contains(checksum);
  }

  @Test
  void signedDigestMustMatchTheBody() throws Exception {
    assertError(
        sender.put("/logs/a", "1", "x-amz-content-sha256", "0".repeat(64)),
        400,
        "XAmzContentSHA256Mismatch");
    assertThat(sender.put("/logs/a", "1", "x-amz-content-sha256", "UNSIGNED-PAYLOAD").statusCode())
        .isEqualTo(200);
  }

  @Test
  void unsignedChunksWithATrailerAreDecoded() throws Exception {
    HttpResponse<String> response =
        putChunked(
            UNSIGNED_TRAILER,
            "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n",
            "x-amz-decoded-content-length",
            "5",
            "x-amz-trailer",
            "x-amz-checksum-crc32");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    S3Object object = s3.objects().getFirst();
    assertThat(object.lines()).containsExactly("hello");
    assertThat(object.header("x-amz-checksum-crc32")).contains("NhCmhg==");
    assertThat(object.header("Content-Encoding")).isEmpty();
  }

  @Test
  void signedChunksAreDecoded() throws Exception {
    String signature = ";chunk-signature=" + "a".repeat(64);

    HttpResponse<String> response =
        putChunked(
            SIGNED,
            "3" + signature + "\r\nhel\r\n2" + signature + "\r\nlo\r\n0" + signature + "\r\n\r\n",
            "x-amz-decoded-content-length",
            "5");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(s3.lines()).containsExactly("hello");
  }

  @Test
  void gzipWithinChunksStaysGzip() throws Exception {
    byte[] zipped = gzip("hello");
    String framed =
        Integer.toHexString(zipped.length)
            + "\r\n"
            + new String(zipped, ISO_8859_1)
            + "\r\n0\r\n\r\n";

    HttpResponse<String> response =
        sender.put(
            "/logs/a",
            framed.getBytes(ISO_8859_1),
            "x-amz-content-sha256",
            UNSIGNED_TRAILER,
            "Content-Encoding",
            "aws-chunked, gzip",
            "x-amz-decoded-content-length",
            Integer.toString(zipped.length));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(s3.objects().getFirst().header("Content-Encoding")).contains("gzip");
    assertThat(s3.lines()).containsExactly("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhello\r\n",
        "6\r\nhello\r\n0\r\n\r\n",
        "4\r\nhello\r\n0\r\n\r\n",
        "x\r\nhello\r\n0\r\n\r\n",
        "ffffffff\r\nhello\r\n0\r\n\r\n",
        "hello"
      })
  void truncatedChunksAreRejected(String framed) throws Exception {
    assertError(
        putChunked(UNSIGNED_TRAILER, framed, "x-amz-decoded-content-length", "5"),
        400,
        "IncompleteBody");
    assertThat(s3.objects()).isEmpty();
  }

  @Test
  void chunksMustMatchTheAnnouncement() throws Exception {
    String framed = "5\r\nhello\r\n0\r\n\r\n";

    assertError(putChunked(UNSIGNED_TRAILER, framed), 411, "MissingContentLength");
    assertError(
        putChunked(UNSIGNED_TRAILER, framed, "x-amz-decoded-content-length", "6"),
        400,
        "IncompleteBody");
    assertError(
        putChunked(
            UNSIGNED_TRAILER,
            framed,
            "x-amz-decoded-content-length",
            "5",
            "x-amz-trailer",
            "x-amz-checksum-crc32"),
        400,
        "MalformedTrailerError");
    assertError(
        putChunked(
            UNSIGNED_TRAILER,
            framed.replace("0\r\n", "0\r\nx-amz-checksum-crc32:AAAAAA==\r\n"),
            "x-amz-decoded-content-length",
            "5"),
        400,
        "BadDigest");
  }

  @Test
  void keyOf1024BytesIsAcceptedAndLongerIsRejected() throws Exception {
    assertThat(sender.put("/logs/" + "k".repeat(1024), "1").statusCode()).isEqualTo(200);
    assertError(sender.put("/logs/" + "k".repeat(1025), "1"), 400, "KeyTooLongError");
  }

  @Test
  void bodyWithoutALengthIsRejected() throws Exception {
    assertError(sender.putStreamed("/logs/a", "1".getBytes(US_ASCII)), 411, "MissingContentLength");
  }

  @Test
  void unknownEncryptionIsRejected() throws Exception {
    String header = "x-amz-server-side-encryption";

    assertError(sender.put("/logs/a", "1", header, "kms"), 400, "InvalidArgument");
    for (String known : List.of("AES256", "aws:kms", "aws:kms:dsse")) {
      assertThat(sender.put("/logs/a", "1", header, known).statusCode()).isEqualTo(200);
    }
  }

  private HttpResponse<String> putChunked(String kind, String framed, String... headers)
      throws Exception {
    String[] all = new String[headers.length + 4];
    all[0] = "x-amz-content-sha256";
    all[1] = kind;
    all[2] = "Content-Encoding";
    all[3] = "aws-chunked";
    System.arraycopy(headers, 0, all, 4, headers.length);
    return sender.put("/logs/a", framed.getBytes(US_ASCII), all);
  }
}
