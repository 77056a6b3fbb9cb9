package dev.logshipper.sandbox.destination.s3;

import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import dev.logshipper.sandbox.destination.Tls;
import java.util.List;

/// An S3 with path-style addresses: `PutObject`, `GetObject`, `ListObjectsV2`, `CreateBucket`, and
/// `HeadBucket` and `HeadObject`. Anything else is 501.
///
/// It makes S3's checks: the request is signed for the right service and region; the bucket exists,
/// is in this region and belongs to the expected owner; checksums match the body. Bodies in
/// `aws-chunked` are stored without their chunks. [#lines()] are the lines of all objects in the
/// order of writing, decompressed if an object is marked as gzip.
public final class S3Destination extends ServiceDestination {
  private final S3Service service;

  private S3Destination(S3Service service, Tls tls) {
    super(service, tls);
    this.service = service;
  }

  /// Starts on a free port in `us-east-1` with these buckets.
  public static S3Destination start(String... buckets) {
    return start(behaviour(buckets));
  }

  /// Starts on a free port.
  public static S3Destination start(S3Behaviour behaviour) {
    return new S3Destination(new S3Service(behaviour), Tls.NONE);
  }

  /// Starts on a free port with TLS, see [#certificatePem()].
  public static S3Destination startTls(String... buckets) {
    return new S3Destination(new S3Service(behaviour(buckets)), Tls.RSA);
  }

  private static S3Behaviour behaviour(String... buckets) {
    S3Behaviour behaviour = S3Behaviour.standard();
    for (String bucket : buckets) {
      behaviour = behaviour.with(bucket);
    }
    return behaviour;
  }

  /// The response to a client that writes too often: 503.
  public static ScriptedResponse.Http slowDown() {
    return error(503, "SlowDown", "Please reduce your request rate.");
  }

  /// The response to a client without permission: 403.
  public static ScriptedResponse.Http accessDenied() {
    return S3Error.accessDenied().response();
  }

  /// Any other error of S3, for example 400 `ExpiredToken`.
  public static ScriptedResponse.Http error(int status, String code, String message) {
    return new S3Error(status, code, message).response();
  }

  /// The stored objects, in the order of writing; an overwritten object comes last.
  public List<S3Object> objects() {
    return service.objects();
  }
}
