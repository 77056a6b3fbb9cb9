package dev.logshipper.sandbox.destination.aws;

/// A key pair. [#toString()] does not show the secret.
public record AwsCredentials(String accessKeyId, String secretAccessKey) {

  @Override
  public String toString() {
    return "AwsCredentials[" + accessKeyId + "]";
  }
}
