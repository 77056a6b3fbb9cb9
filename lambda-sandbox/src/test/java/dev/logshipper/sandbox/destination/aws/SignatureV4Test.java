package dev.logshipper.sandbox.destination.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureV4Test {
  /// From AWS's documentation, "Authenticating Requests: Using the Authorization Header".
  private static final AwsCredentials DOCUMENTED =
      new AwsCredentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

  private static final String GET_OBJECT =
      """
      GET /test.txt HTTP/1.1
      Host: examplebucket.s3.amazonaws.com
      Range: bytes=0-9
      x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
      x-amz-date: 20130524T000000Z
      Authorization: AWS4-HMAC-SHA256 \
      Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,\
      SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,\
      Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41

      """;

  private static final String LIST_OBJECTS =
      """
      GET /?max-keys=2&prefix=J HTTP/1.1
      Host: examplebucket.s3.amazonaws.com
      x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
      x-amz-date: 20130524T000000Z
      Authorization: AWS4-HMAC-SHA256 \
      Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, \
      SignedHeaders=host;x-amz-content-sha256;x-amz-date, \
      Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7

      """;

  @ParameterizedTest
  @ValueSource(strings = {GET_OBJECT, LIST_OBJECTS})
  void documentedSignaturesAreValid(String text) throws Exception {
    assertThat(isValid(text, DOCUMENTED)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/test.txt", "bytes=0-9", "20130524T", "us-east-1", "GET", "41\n"})
  void changedRequestIsInvalid(String part) throws Exception {
    String other = part.equals("GET") ? "PUT" : part.replace('0', '1').replace('t', 'u');
    String changed = part.equals("41\n") ? "42\n" : other;

    assertThat(isValid(GET_OBJECT.replace(part, changed), DOCUMENTED)).isFalse();
  }

  @Test
  void otherSecretOrKeyIsInvalid() throws Exception {
    assertThat(isValid(GET_OBJECT, new AwsCredentials(DOCUMENTED.accessKeyId(), "x"))).isFalse();
    assertThat(isValid(GET_OBJECT, new AwsCredentials("x", DOCUMENTED.secretAccessKey())))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer token",
        "AWS4-HMAC-SHA256 ",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=",
        "AWS4-HMAC-SHA256 Credential=a/b/c/aws4_request, SignedHeaders=host, Signature=1",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws3_request, SignedHeaders=host, Signature=1",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=date, Signature=1"
      })
  void incompleteHeaderIsNoAuthorization(String header) {
    assertThat(Authorization.parse(header)).isEmpty();
  }

  @Test
  void secretIsNotShown() {
    assertThat(DOCUMENTED.toString()).contains("AKIA").doesNotContain("wJalr");
  }

  private static boolean isValid(String text, AwsCredentials credentials) throws IOException {
    try (HttpDestination destination = HttpDestination.start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), destination.port())) {
      socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(US_ASCII));
      ReceivedRequest request = destination.awaitRequests(1, Duration.ofSeconds(5)).getFirst();
      Authorization authorization =
          Authorization.parse(request.header("Authorization").orElse("")).orElseThrow();
      return SignatureV4.isValid(request, authorization, credentials);
    }
  }
}
