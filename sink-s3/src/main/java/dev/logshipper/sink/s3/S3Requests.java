package dev.logshipper.sink.s3;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.support.BodyBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// The requests for a bucket, with the headers that the settings ask for. Immutable.
///
/// @param name of the bucket
record S3Requests(String name, Settings settings) {
  private static final int ACCOUNT_DIGITS = 12;

  /// @throws IllegalArgumentException if settings contradict each other
  S3Requests {
    for (String contradiction : S3Settings.contradictions(settings)) {
      throw new IllegalArgumentException(contradiction);
    }
  }

  /// The request that writes one object.
  PutObjectRequest put(String key, BodyBuffer body) {
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

  /// The request that creates the bucket.
  CreateBucketRequest creation(String region) {
    CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(name);
    if (isAccountRegional(region)) {
      request.overrideConfiguration(
          with -> with.putHeader("x-amz-bucket-namespace", "account-regional"));
    }
    return region.equals("us-east-1")
        ? request.build()
        : request.createBucketConfiguration(where -> where.locationConstraint(region)).build();
  }

  /// Names the settings behind the headers of a write, one of which a store may not support.
  String headersInForce() {
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

  /// The permissions needed for a write, for a message.
  String permission() {
    StringBuilder needed = new StringBuilder("s3:PutObject on bucket ").append(name);
    needed.append(" and the use of the bucket's KMS key, if any, and a bucket policy may demand");
    needed.append(" PUSHER_S3_SSE or PUSHER_S3_ACL");
    settings
        .find(S3Settings.BUCKET_OWNER)
        .ifPresent(
            account -> needed.append("; the bucket must belong to account ").append(account));
    return needed.toString();
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

  /// Whether the name belongs to one account and region: `PREFIX-ACCOUNT-REGION-an`.
  private boolean isAccountRegional(String region) {
    String suffix = "-" + region + "-an";
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
}
