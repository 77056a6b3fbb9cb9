package dev.logshipper.sandbox.destination.s3;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.aws.Authorization;
import dev.logshipper.sandbox.destination.aws.SignatureV4;
import java.util.Optional;

/// Verifies a request's signature by S3's rules.
record S3Signatures(S3Behaviour behaviour) {

  void check(ReceivedRequest request) throws S3Error {
    Optional<String> header = request.header("Authorization");
    if (header.isEmpty()) {
      throw S3Error.accessDenied();
    }
    Optional<Authorization> parsed = Authorization.parse(header.get());
    if (parsed.isEmpty()) {
      throw malformed("the parts of the header are not all there");
    }
    if (request.header("x-amz-content-sha256").isEmpty()) {
      throw new S3Error(
          400, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
    }
    Authorization authorization = parsed.get();
    if (!authorization.service().equals("s3")) {
      throw malformed(
          "incorrect service \"%s\". This endpoint belongs to \"s3\""
              .formatted(authorization.service()));
    }
    if (!authorization.region().equals(behaviour.region())) {
      throw malformed(
              "the region '%s' is wrong; expecting '%s'"
                  .formatted(authorization.region(), behaviour.region()))
          .element("Region", behaviour.region());
    }
    if (behaviour.credentials().isPresent()) {
      if (!behaviour.credentials().get().accessKeyId().equals(authorization.accessKeyId())) {
        throw new S3Error(
            403,
            "InvalidAccessKeyId",
            "The AWS Access Key Id you provided does not exist in our records.");
      }
      if (!SignatureV4.isValid(request, authorization, behaviour.credentials().get())) {
        throw new S3Error(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check"
                + " your key and signing method.");
      }
    }
  }

  private static S3Error malformed(String detail) {
    return new S3Error(
        400,
        "AuthorizationHeaderMalformed",
        "The authorization header is malformed; " + detail + ".");
  }
}
