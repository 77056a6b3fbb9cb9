package dev.logshipper.sink.s3;

import dev.logshipper.client.aws.AwsAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What S3 says when it is asked in another region than the bucket's: a redirect, or a complaint
/// about the signature or the region; with the right region in a header, or, where the header is
/// missing, in the words of a complaint. Stateless.
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

  static boolean isWrongRegion(S3Exception refusal) {
    int status = refusal.statusCode();
    return CODES.contains(AwsAccess.code(refusal)) || (status >= 300 && status <= 399);
  }

  /// The bucket's region, if it was said.
  static @Nullable String regionOf(S3Exception refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    String said = details.sdkHttpResponse().firstMatchingHeader(HEADER).orElse(null);
    if (said == null && details.errorMessage() != null) {
      said = after(details.errorMessage());
    }
    return said == null ? null : S3Parsers.regionOf(said);
  }

  private static @Nullable String after(String message) {
    int at = message.indexOf(WORDS);
    int to = message.indexOf('\'', at + WORDS.length());
    return at < 0 || to < 0 ? null : message.substring(at + WORDS.length(), to);
  }
}
