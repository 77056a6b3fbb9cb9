package dev.logshipper.sandbox.destination.s3;

/// A bucket.
///
/// @param account 12 digits; all senders belong to [#OWN_ACCOUNT]
public record S3Bucket(String name, String region, String account) {
  /// The account of all senders.
  public static final String OWN_ACCOUNT = "123456789012";

  boolean isOwn() {
    return account.equals(OWN_ACCOUNT);
  }
}
