package dev.logshipper.sandbox.destination.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads the object from a `PutObject` request, and verifies its checksums.
final class Upload {
  private static final int KEY_BYTES_MAX = 1024;
  private static final Set<String> ENCRYPTIONS = Set.of("AES256", "aws:kms", "aws:kms:dsse");

  private Upload() {}

  static S3Object read(String bucket, String key, ReceivedRequest request) throws S3Error {
    checkHeaders(key, request);
    String sha256 = request.header("x-amz-content-sha256").orElse("");
    Map<String, String> trailer = Map.of();
    byte[] body = request.body();
    Checksums.checkSha256(sha256, body);
    if (AwsChunked.isAnnounced(sha256)) {
      AwsChunked chunked = AwsChunked.decode(body);
      body = chunked.body();
      trailer = chunked.trailer();
      checkAnnounced(request, chunked);
    }
    Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sent.putAll(trailer);
    sent.putAll(request.headers());
    Checksums.check(name -> sent.getOrDefault(name, ""), body);
    return new S3Object(bucket, key, storedHeaders(sent), body, Instant.now());
  }

  private static void checkHeaders(String key, ReceivedRequest request) throws S3Error {
    if (key.getBytes(UTF_8).length > KEY_BYTES_MAX) {
      throw new S3Error(400, "KeyTooLongError", "Your key is too long");
    }
    if (request.header("Content-Length").isEmpty()) {
      throw new S3Error(
          411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
    }
    if (!request.header("If-None-Match").orElse("*").equals("*")) {
      throw new S3Error(501, "NotImplemented", "If-None-Match of an upload can only be *");
    }
    String encryption = request.header("x-amz-server-side-encryption").orElse("AES256");
    if (!ENCRYPTIONS.contains(encryption)) {
      throw new S3Error(400, "InvalidArgument", "The encryption method specified is not supported");
    }
  }

  private static void checkAnnounced(ReceivedRequest request, AwsChunked chunked) throws S3Error {
    String length = request.header("x-amz-decoded-content-length").orElse("");
    if (length.isEmpty()) {
      throw new S3Error(
          411,
          "MissingContentLength",
          "You must provide the x-amz-decoded-content-length HTTP header.");
    }
    if (!length.equals(Integer.toString(chunked.body().length))) {
      throw new S3Error(
          400,
          "IncompleteBody",
          "You did not provide the number of bytes specified by the"
              + " x-amz-decoded-content-length HTTP header");
    }
    String announced = request.header("x-amz-trailer").orElse("");
    if (!announced.isEmpty() && !chunked.trailer().containsKey(announced)) {
      throw new S3Error(
          400,
          "MalformedTrailerError",
          "The request contained trailing data that was not well-formed");
    }
  }

  /// `aws-chunked` belongs to the transfer: a reader does not get it.
  private static Map<String, String> storedHeaders(Map<String, String> sent) {
    Map<String, String> stored = new TreeMap<>(sent);
    stored.keySet().removeIf("Authorization"::equalsIgnoreCase);
    String encoding =
        Arrays.stream(sent.getOrDefault("Content-Encoding", "").split(",", -1))
            .map(String::strip)
            .filter(each -> !each.isEmpty() && !each.equals("aws-chunked"))
            .collect(Collectors.joining(","));
    stored.keySet().removeIf("Content-Encoding"::equalsIgnoreCase);
    if (!encoding.isEmpty()) {
      stored.put("Content-Encoding", encoding);
    }
    return stored;
  }
}
