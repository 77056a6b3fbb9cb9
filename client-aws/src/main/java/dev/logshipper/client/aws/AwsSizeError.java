package dev.logshipper.client.aws;

import dev.logshipper.sink.support.SizeWording;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Recognizes an error that declines a request for its size: 413, of a proxy for example, or
/// another one whose code or message gives the size as the reason. Stateless.
public final class AwsSizeError {
  private AwsSizeError() {}

  /// Whether the service may accept a smaller request.
  public static boolean isIn(AwsServiceException error) {
    int status = error.statusCode();
    if (status == 413) {
      return true;
    }
    AwsErrorDetails details = error.awsErrorDetails();
    boolean mayBe = status >= 400 && status != 401 && details != null;
    return mayBe && SizeWording.isIn(AwsAccess.code(error) + ' ' + details.errorMessage());
  }
}
