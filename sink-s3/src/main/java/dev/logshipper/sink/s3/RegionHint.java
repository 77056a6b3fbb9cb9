package dev.logshipper.sink.s3;

import dev.logshipper.client.aws.AwsAccess;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The errors of S3 for a request to another region than the bucket's: a redirect, or an error
/// about the signature or the region. The bucket's region is in a header, in the error's element
/// `Region`, or in its message. Stateless.
final class RegionHint {
  private static final Set<String> CODES =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "InvalidRegion",
          "InvalidRegionName");
  private static final String SCOPE_END = "/s3/aws4_request";
  private static final String HEADER = "x-amz-bucket-region";

  /// Texts before and after the region: the element of AWS, versitygw and Garage; the bucket's
  /// endpoint; "the region 'us-east-1' is wrong; expecting 'eu-west-1'"; the same in double quotes
  /// (versitygw).
  private static final List<Frame> FRAMES =
      List.of(
          new Frame("<Region>", "</Region>"),
          new Frame("s3.", ".amazonaws.com"),
          new Frame("s3-", ".amazonaws.com"),
          new Frame("expecting '", "'"),
          new Frame("expecting \"", "\""),
          new Frame("expecting &apos;", "&apos;"),
          new Frame("expecting &quot;", "&quot;"),
          new Frame("expecting &#34;", "&#34;"),
          new Frame("expecting &#39;", "&#39;"));

  private record Frame(String before, String after) {

    /// The region in a text, or null.
    @Nullable String find(String text) {
      int at = text.indexOf(before);
      int to = at < 0 ? at : text.indexOf(after, at + before.length());
      return to < 0 ? null : S3Parsers.regionOf(text.substring(at + before.length(), to));
    }
  }

  private RegionHint() {}

  static boolean isWrongRegion(S3Exception error) {
    int status = error.statusCode();
    return CODES.contains(AwsAccess.code(error)) || (status >= 300 && status <= 399);
  }

  /// The bucket's region, or null if the error does not name it.
  ///
  /// @param body of the error response
  /// @param signedFor the region of the request
  static @Nullable String regionOf(S3Exception error, String body, String signedFor) {
    AwsErrorDetails details = error.awsErrorDetails();
    String header = details.sdkHttpResponse().firstMatchingHeader(HEADER).orElse("");
    String region = S3Parsers.regionOf(header);
    for (int i = 0; region == null && i < FRAMES.size(); i++) {
      region = FRAMES.get(i).find(body);
    }
    return region == null ? ofScope(body, signedFor) : region;
  }

  /// The region of a scope other than the request's own, as Garage quotes both: `unexpected scope:
  /// '20261121/us-east-1/s3/aws4_request', expected: '20261121/garage/s3/aws4_request'`.
  private static @Nullable String ofScope(String body, String signedFor) {
    for (int end = body.indexOf(SCOPE_END); end >= 0; end = body.indexOf(SCOPE_END, end + 1)) {
      String region = S3Parsers.regionOf(body.substring(body.lastIndexOf('/', end - 1) + 1, end));
      if (region != null && !region.equals(signedFor)) {
        return region;
      }
    }
    return null;
  }
}
