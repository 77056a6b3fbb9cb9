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

/// Buckets: where they are, whose they are, how they come to be, and who may ask.
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
  void a_bucket_is_made_once_and_taken_at_once() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard());
    assertError(sender.put("/new/a", "1"), 404, "NoSuchBucket");

    HttpResponse<String> created = sender.put("/new", "");

    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(created.headers().firstValue("Location")).contains("/new");
    assertThat(sender.put("/new/a", "1").statusCode()).isEqualTo(200);
  }

  @Test
  void the_oldest_region_does_not_mind_making_it_again() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard().with("mine"));

    assertThat(sender.put("/mine", "").statusCode()).isEqualTo(200);
  }

  @Test
  void elsewhere_a_bucket_of_ones_own_is_409() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard().in(EUROPE).with("mine"));
    sender.region = EUROPE;

    assertError(sender.put("/mine", constraint(EUROPE)), 409, "BucketAlreadyOwnedByYou");
  }

  @Test
  void the_name_of_somebody_elses_bucket_is_taken() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard().with(FOREIGN));

    assertError(sender.put("/foreign", ""), 409, "BucketAlreadyExists");
    assertError(sender.put("/foreign/a", "1"), 403, "AccessDenied");
    assertThat(sender.send("HEAD", "/foreign", new byte[0]).statusCode()).isEqualTo(403);
  }

  @Test
  void a_constraint_must_name_the_region() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard().in(EUROPE));
    sender.region = EUROPE;

    assertError(sender.put("/new", ""), 400, "IllegalLocationConstraintException");
    assertError(
        sender.put("/new", constraint("eu-central-1")), 400, "IllegalLocationConstraintException");
    assertThat(sender.put("/new", constraint(EUROPE)).statusCode()).isEqualTo(200);
    assertThat(sender.put("/new/a", "1").statusCode()).isEqualTo(200);
  }

  @Test
  void the_oldest_region_is_no_constraint_but_makes_buckets_elsewhere() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard());

    assertError(sender.put("/new", constraint("us-east-1")), 400, "InvalidLocationConstraint");
    assertThat(sender.put("/new", constraint(EUROPE)).statusCode()).isEqualTo(200);
    assertError(sender.put("/new/a", "1"), 301, "PermanentRedirect");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "Upper", "-a-", "under_score"})
  void a_name_that_no_bucket_can_have_is_refused(String name) throws Exception {
    assertError(sender(S3Behaviour.standard()).put("/" + name, ""), 400, "InvalidBucketName");
  }

  @Test
  void a_bucket_elsewhere_is_301_with_its_region() throws Exception {
    S3Sender sender =
        sender(S3Behaviour.standard().with(new S3Bucket("far", EUROPE, S3Bucket.OWN_ACCOUNT)));

    HttpResponse<String> response = sender.put("/far/a", "1");

    assertError(response, 301, "PermanentRedirect");
    assertThat(response.headers().firstValue("x-amz-bucket-region")).contains(EUROPE);
    assertThat(response.body()).contains("<Endpoint>s3.eu-west-1.amazonaws.com</Endpoint>");
  }

  @Test
  void a_signature_for_another_region_is_400_with_the_right_one() throws Exception {
    S3Sender sender = sender(S3Behaviour.standard().in(EUROPE).with("mine"));

    HttpResponse<String> response = sender.put("/mine/a", "1");

    assertError(response, 400, "AuthorizationHeaderMalformed");
    assertThat(response.body())
        .contains("the region 'us-east-1' is wrong; expecting 'eu-west-1'")
        .contains("<Region>eu-west-1</Region>");
  }

  @Test
  void an_owner_who_is_not_the_expected_one_is_denied() throws Exception {
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
  void a_request_must_be_signed_for_s3() throws Exception {
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
  void with_a_key_only_its_holder_is_heard() throws Exception {
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
