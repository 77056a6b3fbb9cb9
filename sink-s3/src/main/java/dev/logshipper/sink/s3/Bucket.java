package dev.logshipper.sink.s3;

import dev.logshipper.client.aws.AwsAccess;
import dev.logshipper.client.aws.AwsSizeError;
import dev.logshipper.config.Authority;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.support.BodyBuffer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The bucket: writes objects, follows the bucket to its region, and creates it if missing. The
/// client is built by the first write. Not thread-safe, except for the parts that an abandoned call
/// may use.
final class Bucket implements AutoCloseable {
  private final String name;
  private final Settings settings;
  private final S3Requests requests;
  private final Diagnostics diagnostics;
  private AwsAccess access;
  private @Nullable S3Client client;
  private boolean pathStyle;
  private boolean followed;
  private boolean created; // and not yet written to

  Bucket(Settings settings, Diagnostics diagnostics, AwsAccess access) {
    this.name = settings.get(S3Settings.BUCKET);
    this.settings = settings;
    this.diagnostics = diagnostics;
    this.access = access;
    this.pathStyle =
        settings
            .find(S3Settings.PATH_STYLE)
            .orElseGet(() -> access.endpoint().map(uri -> !isOfAws(uri)).orElse(false));
    this.requests = new S3Requests(name, settings);
  }

  /// Writes one object.
  ///
  /// @throws ObjectTooLargeException if the store, or a proxy in front of it, accepts smaller ones
  /// @throws TimeoutException if the deadline passes; the outcome is unknown
  SendResult put(String key, BodyBuffer body, String contentType, Deadline deadline)
      throws InterruptedException, TimeoutException, ObjectTooLargeException {
    PutObjectRequest request = requests.put(key, body);
    RequestBody content = content(body, contentType);
    try {
      PutObjectResponse _ = access.call(() -> readyClient().putObject(request, content), deadline);
      created = false;
      return SendResult.DELIVERED;
    } catch (S3Exception error) {
      return classify(error, deadline);
    } catch (SdkException failure) {
      return isUnknownHost(failure)
          ? SendResult.retry(unknownHost())
          : access.classify(failure, requests.permission());
    }
  }

  /// Prepares a [#put] without sending it.
  void warmUp(String key, BodyBuffer body, String contentType, Deadline deadline)
      throws InterruptedException {
    PutObjectRequest request = requests.put(key, body);
    RequestBody content = content(body, contentType);
    access.warmUp(() -> readyClient().putObject(request, content), deadline);
  }

  private static RequestBody content(BodyBuffer body, String contentType) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(body.array(), 0, body.size()), body.size(), contentType);
  }

  /// The result of a call that timed out.
  SendResult timedOut(TimeoutException late) {
    return access.classify(late);
  }

  @Override
  public void close() {
    S3Client opened = client;
    if (opened != null) {
      opened.close();
    }
    access.close();
  }

  @Override
  public String toString() {
    return name + " (" + access + ")";
  }

  private SendResult classify(S3Exception error, Deadline deadline)
      throws InterruptedException, TimeoutException, ObjectTooLargeException {
    String code = AwsAccess.code(error);
    if (code.equals("NoSuchBucket")) {
      return create(deadline);
    }
    if (RegionHint.isWrongRegion(error)) {
      return follow(error, code);
    }
    if (AwsSizeError.isIn(error)) {
      throw new ObjectTooLargeException(access.toString());
    }
    if (pathStyle
        && code.equals("SecondLevelDomainForbidden")
        && settings.find(S3Settings.PATH_STYLE).isEmpty()) {
      // Some stores insist on the bucket in the host name.
      pathStyle = false;
      discardClient();
      return new SendResult.Progress(0);
    }
    SendResult general = access.classify(error, requests.permission());
    return general instanceof SendResult.Rejected rejected
        ? new SendResult.Rejected(rejected.scope(), rejected.reason() + hint(error, code))
        : general;
  }

  private String hint(S3Exception error, String code) {
    if (isAboutHeaders(error, code)) {
      return ": " + requests.headersInForce();
    }
    // AWS reports a wrong region as such; Ceph, for one, as a wrong signature.
    return code.equals("SignatureDoesNotMatch") && access.endpoint().isPresent()
        ? ", and the store's region in PUSHER_S3_REGION"
        : "";
  }

  /// Whether the store may lack a feature that one of the headers asks for.
  private static boolean isAboutHeaders(S3Exception error, String code) {
    return error.statusCode() == 501 || code.equals("InvalidStorageClass");
  }

  /// The next attempt writes the object: one attempt writes at most one.
  private SendResult create(Deadline deadline) throws InterruptedException, TimeoutException {
    String missing = "bucket " + name + " does not exist";
    if (created) {
      return SendResult.busy(Duration.ZERO, missing + " yet");
    }
    if (!settings.get(S3Settings.CREATE_BUCKET)) {
      return SendResult.rejectedByEndpoint(missing + " and PUSHER_S3_CREATE_BUCKET is false");
    }
    try {
      Object _ =
          access.call(
              () -> readyClient().createBucket(requests.creation(access.region())), deadline);
    } catch (S3Exception error) {
      String code = AwsAccess.code(error);
      if (code.equals("BucketAlreadyExists")) {
        return SendResult.rejectedByEndpoint(
            "bucket " + name + " belongs to another account: choose another name");
      }
      if (!code.equals("BucketAlreadyOwnedByYou")) {
        return access.classify(
            error, "s3:CreateBucket, because bucket " + name + " does not exist");
      }
    } catch (SdkException failure) {
      return access.classify(failure, "");
    }
    created = true;
    diagnostics.info("s3: " + missing + ": created it in " + access.region());
    return new SendResult.Progress(0);
  }

  /// The next attempt is signed for the bucket's region, and is sent there unless a variable names
  /// the endpoint.
  private SendResult follow(S3Exception error, String code) {
    String region = RegionHint.regionOf(error, access.errorBody(), access.region());
    String where = "bucket " + name + " is not in " + access.region();
    if (region == null || region.equals(access.region())) {
      return SendResult.rejectedByEndpoint(
          where + " (" + code + "): set PUSHER_S3_REGION to the bucket's region");
    }
    String hint = where + " but in " + region + ": set PUSHER_S3_REGION=" + region;
    if (followed) {
      return SendResult.rejectedByEndpoint(hint);
    }
    followed = true;
    diagnostics.warn("s3: " + hint + " to save each environment a request");
    discardClient();
    access = access.in(region);
    return new SendResult.Progress(0);
  }

  private synchronized void discardClient() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  private static boolean isUnknownHost(SdkException failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof UnknownHostException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /// The name looked up is not that of the endpoint when the bucket is in front of it.
  private String unknownHost() {
    String endpoint = access.endpoint().map(url -> Authority.require(url).host()).orElse("");
    return endpoint.isEmpty()
        ? "cannot reach " + access + ": unknown host"
        : "unknown host "
            + (pathStyle ? endpoint : name + "." + endpoint + ": for " + endpoint + " itself set")
            + (pathStyle ? "" : " PUSHER_S3_PATH_STYLE=true");
  }

  /// Built within a call, so that the deadline bounds it too; an abandoned call may still run it.
  private synchronized S3Client readyClient() {
    S3Client ready = client;
    if (ready == null) {
      ready =
          access
              .prepare(S3Client.builder())
              .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
              .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
              .disableS3ExpressSessionAuth(true)
              .forcePathStyle(pathStyle)
              // The body is complete, so neither chunks nor "100 Continue" are needed.
              .serviceConfiguration(
                  S3Configuration.builder()
                      .chunkedEncodingEnabled(false)
                      .expectContinueEnabled(false)
                      .build())
              .build();
      client = ready;
    }
    return ready;
  }

  /// Whether an endpoint is AWS's, where buckets are subdomains. Elsewhere such a name often does
  /// not exist.
  static boolean isOfAws(URI endpoint) {
    String host = endpoint.getHost();
    return host != null && host.contains(".amazonaws.");
  }
}
