package dev.logshipper.sink.s3;

import dev.logshipper.client.aws.AwsAccess;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.support.BodyBuffer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.zip.CRC32;
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

/// The bucket: writes objects, follows the bucket to its region, and creates it if missing. The
/// client is built by the first write. Not thread-safe, except for the parts that an abandoned call
/// may use.
final class Bucket implements AutoCloseable {
  private static final int ACCOUNT_DIGITS = 12;

  private final String name;
  private final Settings settings;
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
    if (settings.find(S3Settings.KMS_KEY_ID).isPresent() && encryption().equals("aes256")) {
      throw new IllegalArgumentException(
          "PUSHER_S3_SSE=aes256 and PUSHER_S3_KMS_KEY_ID exclude each other: expected aws:kms");
    }
  }

  /// Writes one object.
  ///
  /// @throws ObjectTooLargeException if the store, or a proxy in front of it, accepts smaller ones
  /// @throws TimeoutException if the deadline passes; the outcome is unknown
  SendResult put(String key, BodyBuffer body, String contentType, Deadline deadline)
      throws InterruptedException, TimeoutException, ObjectTooLargeException {
    PutObjectRequest request = request(key, body);
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
          : access.classify(failure, permission());
    }
  }

  /// Prepares a [#put] without sending it.
  void warmUp(String key, BodyBuffer body, String contentType, Deadline deadline)
      throws InterruptedException {
    PutObjectRequest request = request(key, body);
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
    if (error.statusCode() == 413 || code.equals("EntityTooLarge")) {
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
    SendResult general = access.classify(error, permission());
    return general instanceof SendResult.Rejected rejected && isAboutHeaders(error, code)
        ? new SendResult.Rejected(rejected.scope(), rejected.reason() + ": " + headersInForce())
        : general;
  }

  /// Whether the store may lack a feature that one of the headers asks for.
  private static boolean isAboutHeaders(S3Exception error, String code) {
    return error.statusCode() == 501 || code.equals("InvalidStorageClass");
  }

  private String headersInForce() {
    List<String> names = new ArrayList<>();
    for (Setting<?> setting :
        List.of(
            S3Settings.STORAGE_CLASS,
            S3Settings.ENCRYPTION,
            S3Settings.KMS_KEY_ID,
            S3Settings.ACL,
            S3Settings.BUCKET_OWNER)) {
      if (settings.find(setting).isPresent()) {
        names.add(setting.name());
      }
    }
    return names.isEmpty()
        ? "it may lack a feature, such as temporary credentials, see PUSHER_S3_ACCESS_KEY_ID"
        : "check " + String.join(", ", names);
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
    diagnostics.info("s3: " + missing + ": created it in " + access.region());
    return new SendResult.Progress(0);
  }

  /// The next attempt is signed for the bucket's region, and is sent there unless a variable names
  /// the endpoint.
  private SendResult follow(S3Exception error, String code) {
    String region = RegionHint.regionOf(error, access.errorBody());
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
    String endpoint = access.endpoint().map(URI::getHost).orElse("");
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
    return host != null && (host.endsWith(".amazonaws.com") || host.contains(".amazonaws."));
  }

  private PutObjectRequest request(String key, BodyBuffer body) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(name).key(key).checksumCRC32(crc32(body));
    settings.find(S3Settings.BUCKET_OWNER).ifPresent(request::expectedBucketOwner);
    settings.find(S3Settings.STORAGE_CLASS).ifPresent(word -> request.storageClass(upper(word)));
    settings.find(S3Settings.ACL).ifPresent(request::acl);
    String encryption = encryption();
    if (!encryption.isEmpty()) {
      request.serverSideEncryption(encryption.equals("aes256") ? "AES256" : encryption);
    }
    settings.find(S3Settings.KMS_KEY_ID).ifPresent(request::ssekmsKeyId);
    return request.build();
  }

  private String encryption() {
    boolean hasKey = settings.find(S3Settings.KMS_KEY_ID).isPresent();
    return settings.find(S3Settings.ENCRYPTION).orElse(hasKey ? "aws:kms" : "");
  }

  /// A bucket with Object Lock accepts no object without a checksum. In a header: a trailer is
  /// ignored by some stores, and others write it into the object.
  private static String crc32(BodyBuffer body) {
    CRC32 crc = new CRC32();
    crc.update(body.array(), 0, body.size());
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
  }

  private CreateBucketRequest creation() {
    CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(name);
    String region = access.region();
    if (isAccountRegional()) {
      request.overrideConfiguration(
          with -> with.putHeader("x-amz-bucket-namespace", "account-regional"));
    }
    return region.equals("us-east-1")
        ? request.build()
        : request.createBucketConfiguration(where -> where.locationConstraint(region)).build();
  }

  /// Whether the name belongs to one account and region: `PREFIX-ACCOUNT-REGION-an`.
  private boolean isAccountRegional() {
    String suffix = "-" + access.region() + "-an";
    int end = name.length() - suffix.length();
    return name.endsWith(suffix)
        && end > ACCOUNT_DIGITS
        && name.charAt(end - ACCOUNT_DIGITS - 1) == '-'
        && name.chars()
            .skip(end - ACCOUNT_DIGITS)
            .limit(ACCOUNT_DIGITS)
            .allMatch(Character::isDigit);
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private String permission() {
    StringBuilder needed = new StringBuilder("s3:PutObject on bucket ").append(name);
    needed.append(" and the use of the bucket's KMS key, if any, and a bucket policy may demand");
    needed.append(" PUSHER_S3_SSE or PUSHER_S3_ACL");
    settings
        .find(S3Settings.BUCKET_OWNER)
        .ifPresent(
            account -> needed.append("; the bucket must belong to account ").append(account));
    return needed.toString();
  }
}
