package dev.logshipper.sandbox.destination.aws;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An `Authorization` header of Signature Version 4.
///
/// @param date as `yyyyMMdd`
/// @param signedHeaders names in lower case, in the order in which they were signed
/// @param signature in hex digits
public record Authorization(
    String accessKeyId,
    String date,
    String region,
    String service,
    List<String> signedHeaders,
    String signature) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  static final String TERMINATOR = "aws4_request";
  private static final int SCOPE_PARTS = 5;

  public Authorization {
    signedHeaders = List.copyOf(signedHeaders);
  }

  /// Reads a header; empty when it is not of this kind.
  public static Optional<Authorization> parse(String header) {
    if (!header.startsWith(ALGORITHM + " ")) {
      return Optional.empty();
    }
    Map<String, String> fields = new HashMap<>();
    for (String field : header.substring(ALGORITHM.length()).split(",", -1)) {
      String[] pair = field.strip().split("=", 2);
      fields.put(pair[0], pair.length == 2 ? pair[1] : "");
    }
    List<String> scope = Arrays.asList(fields.getOrDefault("Credential", "").split("/", -1));
    List<String> signed = Arrays.asList(fields.getOrDefault("SignedHeaders", "").split(";", -1));
    String signature = fields.getOrDefault("Signature", "");
    boolean complete =
        scope.size() == SCOPE_PARTS
            && scope.getLast().equals(TERMINATOR)
            && signed.contains("host")
            && !signature.isEmpty();
    return complete
        ? Optional.of(
            new Authorization(
                scope.get(0), scope.get(1), scope.get(2), scope.get(3), signed, signature))
        : Optional.empty();
  }

  String scope() {
    return date + "/" + region + "/" + service + "/" + TERMINATOR;
  }

  /// As a header's value.
  String header() {
    return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(ALGORITHM, accessKeyId, scope(), String.join(";", signedHeaders), signature);
  }
}
