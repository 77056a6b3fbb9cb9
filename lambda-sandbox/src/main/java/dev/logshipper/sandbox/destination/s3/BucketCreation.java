package dev.logshipper.sandbox.destination.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `CreateBucket`, with the peculiarities of the oldest region.
///
/// @param region of the endpoint
record BucketCreation(String region, S3Store store) {
  /// It accepts buckets for any region, has no name as a location, and creating a bucket twice is
  /// no error.
  private static final String OLDEST_REGION = "us-east-1";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern LOCATION =
      Pattern.compile("<LocationConstraint>\\s*([^<]*?)\\s*</LocationConstraint>");

  ScriptedResponse.Http create(String name, ReceivedRequest request) throws S3Error {
    if (!NAME.matcher(name).matches()) {
      throw new S3Error(400, "InvalidBucketName", "The specified bucket is not valid.")
          .element("BucketName", name);
    }
    String location = location(request);
    Optional<S3Bucket> existing = store.bucket(name);
    if (existing.isEmpty()) {
      store.add(new S3Bucket(name, location, S3Bucket.OWN_ACCOUNT));
    } else {
      checkAgain(existing.get());
    }
    return ScriptedResponse.ok().header("Location", "/" + name);
  }

  private void checkAgain(S3Bucket bucket) throws S3Error {
    if (!bucket.isOwn()) {
      throw new S3Error(
              409,
              "BucketAlreadyExists",
              "The requested bucket name is not available. The bucket namespace is shared by all"
                  + " users of the system. Please select a different name and try again.")
          .element("BucketName", bucket.name());
    }
    if (!region.equals(OLDEST_REGION) || !bucket.region().equals(OLDEST_REGION)) {
      throw new S3Error(
              409,
              "BucketAlreadyOwnedByYou",
              "Your previous request to create the named bucket succeeded and you already own it.")
          .element("BucketName", bucket.name());
    }
  }

  private String location(ReceivedRequest request) throws S3Error {
    Matcher matcher = LOCATION.matcher(new String(request.body(), UTF_8));
    String location = matcher.find() ? matcher.group(1) : "";
    if (region.equals(OLDEST_REGION)) {
      if (location.equals(OLDEST_REGION)) {
        throw new S3Error(
            400, "InvalidLocationConstraint", "The specified location-constraint is not valid");
      }
      return location.isEmpty() ? OLDEST_REGION : location;
    }
    if (!location.equals(region)) {
      throw new S3Error(
          400,
          "IllegalLocationConstraintException",
          "The %s location constraint is incompatible for the region specific endpoint this request was sent to."
              .formatted(location.isEmpty() ? "unspecified" : location));
    }
    return region;
  }
}
