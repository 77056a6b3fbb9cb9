package dev.logshipper.sink.s3;

import dev.logshipper.client.aws.AwsAccess;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.support.BodyBuffer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/// The bucket: writes objects, follows the bucket to its region, and creates it if missing. The
/// client is built by the first write. Not thread-safe, except for the parts that an abandoned call
/// may use.
final class Bucket implements AutoCloseable {
  private final String name;
  private final Settings settings;
  private final Diagnostics diagnostics;
  private AwsAccess access;
  private @Nullable S3Client client;
  private boolean followed;
  private boolean created; // and not yet written to

  Bucket(Settings settings, Diagnostics diagnostics, AwsAccess access) {
    this.name = settings.get(S3Settings.BUCKET);
    this.settings = settings;
    this.diagnostics = diagnostics;
    this.access = access;
  }

  /// Writes one object.
  ///
  /// @throws TimeoutException if the deadline passes; the outcome is unknown
  SendResult put(String key, BodyBuffer body, String contentType, Deadline deadline)
      throws InterruptedException, TimeoutException {
    PutObjectRequest request = request(key);
    RequestBody content = content(body, contentType);
    try {
      PutObjectResponse _ = access.call(() -> readyClient().putObject(request, content), deadline);
      created = false;
      return SendResult.DELIVERED;
    } catch (S3Exception error) {
      return classify(error, deadline);
    } catch (SdkException failure) {
      return access.classify(failure, permission());
    }
  }

  /// Prepares a [#put] without sending it.
  void warmUp(String key, BodyBuffer body, String contentType, Deadline deadline)
      throws InterruptedException {
    PutObjectRequest request = request(key);
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
      throws InterruptedException, TimeoutException {
    String code = AwsAccess.code(error);
    if (code.equals("NoSuchBucket")) {
      return create(deadline);
    }
    if (RegionHint.isWrongRegion(error)) {
      return follow(error, code);
    }
    return access.classify(error, permission());
  }

  /// The next attempt, after core's backoff, writes the object: one attempt writes at most one.
  private SendResult create(Deadline deadline) throws InterruptedException, TimeoutException {
    String missing = "bucket " + name + " does not exist";
    if (created) {
      return SendResult.retry(missing + " yet");
    }
    if (!settings.get(S3Settings.CREATE_BUCKET)) {
      return SendResult.rejectedByEndpoint(missing + " and PUSHER_S3_CREATE_BUCKET is false");
    }
    try {
      Object _ = access.call(() -> readyClient().createBucket(creation()), deadline);
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
    diagnostics.info(missing + ": created it in " + access.region());
    return SendResult.retry(missing + ": created it");
  }

  /// The next attempt is signed for the bucket's region, and is sent there unless a variable names
  /// the endpoint.
  private SendResult follow(S3Exception error, String code) {
    String region = RegionHint.regionOf(error);
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
    diagnostics.warn(hint + " to save each environment a request");
    moveTo(region);
    return SendResult.retry(hint);
  }

  private synchronized void moveTo(String region) {
    if (client != null) {
      client.close();
      client = null;
    }
    access = access.in(region);
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
              .forcePathStyle(isPathStyle())
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

  private boolean isPathStyle() {
    return settings
        .find(S3Settings.PATH_STYLE)
        .orElseGet(() -> access.endpoint().map(Bucket::isPlainHost).orElse(false));
  }

  /// Whether a host is an address or a single label, which have no subdomains for buckets.
  static boolean isPlainHost(URI endpoint) {
    String host = endpoint.getHost();
    char last = host.charAt(host.length() - 1);
    return host.indexOf('.') < 0 || (last >= '0' && last <= '9') || last == ']';
  }

  private PutObjectRequest request(String key) {
    PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(name).key(key);
    settings.find(S3Settings.BUCKET_OWNER).ifPresent(request::expectedBucketOwner);
    settings.find(S3Settings.STORAGE_CLASS).ifPresent(word -> request.storageClass(upper(word)));
    settings
        .find(S3Settings.KMS_KEY_ID)
        .ifPresent(
            id -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(id));
    return request.build();
  }

  private CreateBucketRequest creation() {
    CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(name);
    String region = access.region();
    return region.equals("us-east-1")
        ? request.build()
        : request.createBucketConfiguration(where -> where.locationConstraint(region)).build();
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private String permission() {
    StringBuilder needed = new StringBuilder("s3:PutObject on bucket ").append(name);
    needed.append(" and the use of the bucket's KMS key, if any");
    settings
        .find(S3Settings.BUCKET_OWNER)
        .ifPresent(
            account -> needed.append("; the bucket must belong to account ").append(account));
    return needed.toString();
  }
}
