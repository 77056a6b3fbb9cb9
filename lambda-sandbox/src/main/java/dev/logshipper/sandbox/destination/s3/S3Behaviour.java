package dev.logshipper.sandbox.destination.s3;

import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The buckets of the stand-in, and the signatures it requires.
///
/// @param region of the endpoint: requests must be signed for it
/// @param buckets that exist from the start
/// @param credentials the only ones whose signature is valid; empty: any signature for S3 is
public record S3Behaviour(
    String region, List<S3Bucket> buckets, Optional<AwsCredentials> credentials) {
  private static final String REGION = "us-east-1";

  public S3Behaviour {
    buckets = List.copyOf(buckets);
  }

  /// No bucket, in `us-east-1`, with any signature.
  public static S3Behaviour standard() {
    return new S3Behaviour(REGION, List.of(), Optional.empty());
  }

  /// With the endpoint in this region. Buckets added before stay in theirs.
  public S3Behaviour in(String other) {
    return new S3Behaviour(other, buckets, credentials);
  }

  /// With a bucket of the sender's account in the endpoint's region.
  public S3Behaviour with(String bucket) {
    return with(new S3Bucket(bucket, region, S3Bucket.OWN_ACCOUNT));
  }

  /// With this bucket, which may be elsewhere or belong to another account.
  public S3Behaviour with(S3Bucket bucket) {
    List<S3Bucket> more = new ArrayList<>(buckets);
    more.add(bucket);
    return new S3Behaviour(region, more, credentials);
  }

  /// Every request must be signed by the holder of this key.
  public S3Behaviour signedBy(AwsCredentials signer) {
    return new S3Behaviour(region, buckets, Optional.of(signer));
  }
}
