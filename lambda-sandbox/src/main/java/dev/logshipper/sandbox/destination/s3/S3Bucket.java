package dev.logshipper.sandbox.destination.s3;

/// A bucket.
///
/// @param account 12 digits; whoever sends requests belongs to [#OWN_ACCOUNT]
public record S3Bucket(String name, String region, String account) {
  /// The account of all who send requests.
  public static final String OWN_ACCOUNT = "123456789012";

  boolean isOwn() {
    return account.equals(OWN_ACCOUNT);
  }
}
