package dev.logshipper.sink.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Against AWS's published test suite for Signature Version 4.
class SigV4Test {
  private static final long AT = 1_440_938_160_000L; // 20150830T123600Z

  @Test
  void getVanilla() {
    assertThat(signer(null).get("example.amazonaws.com", "/", AT))
        .containsEntry("x-amz-date", "20150830T123600Z")
        .containsEntry(
            "Authorization",
            "AWS4-HMAC-SHA256"
                + " Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date,"
                + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")
        .hasSize(2);
  }

  @Test
  void getVanillaWithSessionToken() {
    String token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";

    assertThat(signer(token).get("example.amazonaws.com", "/", AT))
        .containsEntry("x-amz-security-token", token)
        .containsEntry(
            "Authorization",
            "AWS4-HMAC-SHA256"
                + " Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date;x-amz-security-token,"
                + " Signature=07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
  }

  /// `post-x-www-form-urlencoded` of the suite.
  @Test
  void postXWwwFormUrlencoded() {
    assertThat(
            signer(null)
                .post(
                    "example.amazonaws.com",
                    "/",
                    Map.of("content-type", "application/x-www-form-urlencoded"),
                    "Param1=value1".getBytes(UTF_8),
                    AT))
        .containsEntry("content-type", "application/x-www-form-urlencoded")
        .containsEntry(
            "Authorization",
            "AWS4-HMAC-SHA256"
                + " Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-date,"
                + " Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
  }

  @Test
  void toStringShowsNoSecret() {
    assertThat(signer("token")).hasToString("signer for service in us-east-1");
  }

  private static SigV4 signer(@Nullable String token) {
    return new SigV4(
        "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token, "us-east-1", "service");
  }
}
