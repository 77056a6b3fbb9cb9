package dev.logshipper.sandbox.destination.s3;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.Service;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request from its signature to its response. One at a time: each write is atomic, and the last
/// one wins.
final class S3Service implements Service {
  private final S3Behaviour behaviour;
  private final S3Signatures signatures;
  private final S3Store store;
  private final BucketCreation creation;
  private @Nullable List<String> lines;

  S3Service(S3Behaviour behaviour) {
    this.behaviour = behaviour;
    this.signatures = new S3Signatures(behaviour);
    this.store = new S3Store(behaviour.buckets());
    this.creation = new BucketCreation(behaviour.region(), store);
  }

  @Override
  public synchronized ScriptedResponse.Http handle(ReceivedRequest request) {
    try {
      signatures.check(request);
      return respond(request, S3Request.of(request));
    } catch (S3Error e) {
      return e.response();
    }
  }

  private ScriptedResponse.Http respond(ReceivedRequest request, S3Request target) throws S3Error {
    String operation = request.method() + (target.key().isEmpty() ? " bucket" : " object");
    boolean plain = target.query().keySet().stream().allMatch("x-id"::equals);
    boolean second = target.query().getOrDefault("list-type", "").equals("2");
    if (target.bucket().isEmpty() || !(operation.equals("GET bucket") ? second : plain)) {
      throw notImplemented();
    }
    return switch (operation) {
      case "PUT bucket" -> creation.create(target.bucket(), request);
      case "HEAD bucket" -> head(usable(target.bucket(), request));
      case "GET bucket" -> Listing.of(usable(target.bucket(), request), target.query(), store);
      case "PUT object" -> put(usable(target.bucket(), request), target.key(), request);
      case "GET object", "HEAD object" -> get(usable(target.bucket(), request), target.key());
      default -> throw notImplemented();
    };
  }

  /// The bucket, if it is in this region and of the sender's account.
  private S3Bucket usable(String name, ReceivedRequest request) throws S3Error {
    S3Bucket bucket = store.bucket(name).orElseThrow(() -> S3Error.noSuchBucket(name));
    if (!bucket.region().equals(behaviour.region())) {
      throw new S3Error(
              301,
              "PermanentRedirect",
              "The bucket you are attempting to access must be addressed using the specified"
                  + " endpoint. Please send all future requests to this endpoint.")
          .element("Endpoint", "s3." + bucket.region() + ".amazonaws.com")
          .element("Bucket", name)
          .header("x-amz-bucket-region", bucket.region());
    }
    String expected = request.header("x-amz-expected-bucket-owner").orElse(bucket.account());
    if (!bucket.isOwn() || !expected.equals(bucket.account())) {
      throw S3Error.accessDenied();
    }
    return bucket;
  }

  private static ScriptedResponse.Http head(S3Bucket bucket) {
    return ScriptedResponse.ok().header("x-amz-bucket-region", bucket.region());
  }

  private ScriptedResponse.Http put(S3Bucket bucket, String key, ReceivedRequest request)
      throws S3Error {
    S3Object object = Upload.read(bucket.name(), key, request);
    if (request.header("If-None-Match").isPresent()
        && store.object(bucket.name(), key).isPresent()) {
      throw new S3Error(
              412,
              "PreconditionFailed",
              "At least one of the pre-conditions you specified did not hold")
          .element("Condition", "If-None-Match");
    }
    lines = null;
    store.put(object);
    return ScriptedResponse.ok().header("ETag", eTag(object));
  }

  private ScriptedResponse.Http get(S3Bucket bucket, String key) throws S3Error {
    S3Object object =
        store
            .object(bucket.name(), key)
            .orElseThrow(() ->
                new S3Error(404, "NoSuchKey", "The specified key does not exist.")
                    .element("Key", key));
    DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME;
    ScriptedResponse.Http response =
        ScriptedResponse.ok()
            .header("ETag", eTag(object))
            .header("Last-Modified", format.format(object.written().atOffset(ZoneOffset.UTC)))
            .header("Content-Type", object.header("Content-Type").orElse("binary/octet-stream"))
            .body(object.body());
    String encoding = object.header("Content-Encoding").orElse("");
    return encoding.isEmpty() ? response : response.header("Content-Encoding", encoding);
  }

  static String eTag(S3Object object) {
    return "\"" + Checksums.md5Hex(object.body()) + "\"";
  }

  private static S3Error notImplemented() {
    return new S3Error(
        501,
        "NotImplemented",
        "A header you provided implies functionality that is not implemented");
  }

  synchronized List<S3Object> objects() {
    return store.objects();
  }

  @Override
  public synchronized List<String> lines() {
    if (lines == null) {
      lines = store.objects().stream().flatMap(object -> object.lines().stream()).toList();
    }
    return lines;
  }
}
