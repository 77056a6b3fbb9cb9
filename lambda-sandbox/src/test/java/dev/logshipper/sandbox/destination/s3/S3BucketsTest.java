package dev.logshipper.sandbox.destination.s3;

import static dev.logshipper.sandbox.destination.s3.S3DestinationTest.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Buckets: their regions, owners, creation and signatures.
class S3BucketsTest {
  private static final String EUROPE = "eu-west-1";
  private static final S3Bucket FOREIGN = new S3Bucket("foreign", "us-east-1", "999999999999");

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void createdBucketIsUsableAtOnce() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard());
    assertError(sender.put("/new/a", "1"), 404, "NoSuchBucket");

    HttpResponse<String> created = sender.put("/new", "");

    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(created.headers().firstValue("Location")).contains("/new");
    assertThat(sender.put("/new/a", "1").statusCode()).isEqualTo(200);
  }

  @Test
  void bucketCanBeCreatedTwiceInTheOldestRegion() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard().with("mine"));

    assertThat(sender.put("/mine", "").statusCode()).isEqualTo(200);
  }

  @Test
  void bucketCreatedTwiceInAnotherRegionIs409() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard().in(EUROPE).with("mine"));
    sender.region = EUROPE;

    assertError(sender.put("/mine", constraint(EUROPE)), 409, "BucketAlreadyOwnedByYou");
  }

  @Test
  void bucketOfAnotherAccountIs409AndDenied() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard().with(FOREIGN));

    assertError(sender.put("/foreign", ""), 409, "BucketAlreadyExists");
    assertError(sender.put("/foreign/a", "1"), 403, "AccessDenied");
    assertThat(sender.send("HEAD", "/foreign", new byte[0]).statusCode()).isEqualTo(403);
  }

  @Test
  void locationConstraintMustNameTheRegion() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard().in(EUROPE));
    sender.region = EUROPE;

    assertError(sender.put("/new", ""), 400, "IllegalLocationConstraintException");
    assertError(
        sender.put("/new", constraint("eu-central-1")), 400, "IllegalLocationConstraintException");
    assertThat(sender.put("/new", constraint(EUROPE)).statusCode()).isEqualTo(200);
    assertThat(sender.put("/new/a", "1").statusCode()).isEqualTo(200);
  }

  @Test
  void oldestRegionIsNoConstraintButCreatesBucketsElsewhere() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard());

    assertError(sender.put("/new", constraint("us-east-1")), 400, "InvalidLocationConstraint");
    assertThat(sender.put("/new", constraint(EUROPE)).statusCode()).isEqualTo(200);
    assertError(sender.put("/new/a", "1"), 301, "PermanentRedirect");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "Upper", "-a-", "under_score"})
  void invalidBucketNameIsRejected(String name) throws Exception {
    assertError(sender(S3Behaviour.standard()).put("/" + name, ""), 400, "InvalidBucketName");
  }

  @Test
  void bucketInAnotherRegionIs301WithItsRegion() throws Exception {
    S3Sender sender =
        sender(S3Behaviour.standard().with(new S3Bucket("far", EUROPE, S3Bucket.OWN_ACCOUNT)));

    HttpResponse<String> response = sender.put("/far/a", "1");

    assertError(response, 301, "PermanentRedirect");
    assertThat(response.headers().firstValue("x-amz-bucket-region")).contains(EUROPE);
    assertThat(response.body()).contains("<Endpoint>s3.eu-west-1.amazonaws.com</Endpoint>");
  }

  @Test
  void signatureForAnotherRegionIs400WithTheRightOne() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard().in(EUROPE).with("mine"));

    HttpResponse<String> response = sender.put("/mine/a", "1");

    assertError(response, 400, "AuthorizationHeaderMalformed");
    assertThat(response.body())
        .contains("the region 'us-east-1' is wrong; expecting 'eu-west-1'")
        .contains("<Region>eu-west-1</Region>");
  }

  @Test
  void unexpectedOwnerIsDenied() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard().with("mine"));

    assertError(
        sender.put("/mine/a", "1", "x-amz-expected-bucket-owner", "999999999999"),
        403,
        "AccessDenied");
    assertThat(
            sender.put("/mine/a", "1", "x-amz-expected-bucket-owner", "123456789012").statusCode())
        .isEqualTo(200);
  }

  @Test
  void requestMustBeSignedForS3() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard().with("mine"));

    assertError(sender.sendUnsigned("/mine/a"), 403, "AccessDenied");
    assertError(
        sender.put("/mine/a", "1", "Authorization", "Bearer x"),
        400,
        "AuthorizationHeaderMalformed");
    sender.service = "firehose";
    assertError(sender.put("/mine/a", "1"), 400, "AuthorizationHeaderMalformed");
  }

  @Test
  void onlyRequestsSignedWithTheKeyAreAccepted() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard().with("mine").signedBy(S3Sender.KEY));

    assertThat(sender.put("/mine/a%20b", "1").statusCode()).isEqualTo(200);
    sender.credentials = new AwsCredentials("AKID", "other");
    assertError(sender.put("/mine/b", "1"), 403, "SignatureDoesNotMatch");
    sender.credentials = new AwsCredentials("OTHER", "secret");
    assertError(sender.put("/mine/b", "1"), 403, "InvalidAccessKeyId");
  }

  private S3Sender sender(S3Behaviour behaviour) {
    S3Destination s3 = S3Destination.start(behaviour);
    opened.add(s3);
    S3Sender sender = new S3Sender(s3.url());
    opened.add(sender);
    return sender;
  }

  private static String constraint(String region) {
    return "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        + "<LocationConstraint>"
        + region
        + "</LocationConstraint></CreateBucketConfiguration>";
  }
}
