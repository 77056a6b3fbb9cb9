package dev.logshipper.sandbox.destination.s3;

import dev.logshipper.sandbox.destination.aws.SignatureV4;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/// Compares a request's checksums with its body. CRC64NVME is not verified.
final class Checksums {
  private static final Map<String, Function<byte[], byte[]>> ALGORITHMS =
      Map.of(
          "x-amz-checksum-crc32", body -> crc(new CRC32(), body),
          "x-amz-checksum-crc32c", body -> crc(new CRC32C(), body),
          "x-amz-checksum-sha1", body -> digest("SHA-1", body),
          "x-amz-checksum-sha256", body -> digest("SHA-256", body));

  private Checksums() {}

  /// @param sent headers and trailer, looked up in lower case
  static void check(Function<String, String> sent, byte[] body) throws S3Error {
    for (Map.Entry<String, Function<byte[], byte[]>> algorithm : ALGORITHMS.entrySet()) {
      String wanted = sent.apply(algorithm.getKey());
      if (!wanted.isEmpty() && !wanted.equals(base64(algorithm.getValue().apply(body)))) {
        String name = algorithm.getKey().substring("x-amz-checksum-".length());
        throw new S3Error(
            400,
            "BadDigest",
            "The %s you specified did not match the calculated checksum.".formatted(name));
      }
    }
    String md5 = sent.apply("content-md5");
    if (!md5.isEmpty() && !md5.equals(base64(digest("MD5", body)))) {
      throw new S3Error(
          400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
  }

  /// @param sent `x-amz-content-sha256`, which may also announce a kind of body
  static void checkSha256(String sent, byte[] body) throws S3Error {
    boolean isDigest = sent.length() == 64;
    if (isDigest && !sent.equals(SignatureV4.sha256(body))) {
      throw new S3Error(
          400,
          "XAmzContentSHA256Mismatch",
          "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
  }

  static String md5Hex(byte[] body) {
    return HexFormat.of().formatHex(digest("MD5", body));
  }

  private static byte[] crc(Checksum checksum, byte[] body) {
    checksum.update(body);
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
  }

  private static byte[] digest(String algorithm, byte[] body) {
    try {
      return MessageDigest.getInstance(algorithm).digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
