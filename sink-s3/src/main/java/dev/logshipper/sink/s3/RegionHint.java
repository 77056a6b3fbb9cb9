package dev.logshipper.sink.s3;

import dev.logshipper.client.aws.AwsAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The errors of S3 for a request to another region than the bucket's: a redirect, or an error
/// about the signature or the region. The bucket's region is in a header or, if that is missing, in
/// the error message. Stateless.
final class RegionHint {
  private static final Set<String> CODES =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");
  private static final String HEADER = "x-amz-bucket-region";

  /// "The authorization header is malformed; the region 'us-east-1' is wrong; expecting
  /// 'eu-west-1'".
  private static final String WORDS = "expecting '";

  private RegionHint() {}

  static boolean isWrongRegion(S3Exception error) {
    int status = error.statusCode();
    return CODES.contains(AwsAccess.code(error)) || (status >= 300 && status <= 399);
  }

  /// The bucket's region, or null if the error does not name it.
  static @Nullable String regionOf(S3Exception error) {
    AwsErrorDetails details = error.awsErrorDetails();
    String region = details.sdkHttpResponse().firstMatchingHeader(HEADER).orElse(null);
    if (region == null && details.errorMessage() != null) {
      region = after(details.errorMessage());
    }
    return region == null ? null : S3Parsers.regionOf(region);
  }

  private static @Nullable String after(String message) {
    int at = message.indexOf(WORDS);
    int to = message.indexOf('\'', at + WORDS.length());
    return at < 0 || to < 0 ? null : message.substring(at + WORDS.length(), to);
  }
}
