package dev.logshipper.sandbox.destination.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A body in the encoding `aws-chunked`, signed chunks or not, with a trailer or not. Signatures of
/// chunks are not checked.
final class AwsChunked {
  private final byte[] in;
  private int at;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Map<String, String> trailer = new TreeMap<>();

  private AwsChunked(byte[] in) {
    this.in = in;
  }

  /// Whether `x-amz-content-sha256` announces such a body.
  static boolean isAnnounced(String contentSha256) {
    return contentSha256.startsWith("STREAMING-");
  }

  static AwsChunked decode(byte[] framed) throws S3Error {
    AwsChunked chunked = new AwsChunked(framed);
    chunked.readBody();
    chunked.readTrailer();
    return chunked;
  }

  /// Without the framing.
  byte[] body() {
    return body.toByteArray();
  }

  /// Headers that came after the body, names in lower case.
  Map<String, String> trailer() {
    return trailer;
  }

  private void readBody() throws S3Error {
    for (int size = chunkSize(); size != 0; size = chunkSize()) {
      if (size < 0 || size > in.length - at) {
        throw incomplete("a chunk is shorter than its size");
      }
      body.writeBytes(Arrays.copyOfRange(in, at, at + size));
      at += size;
      if (!line().isEmpty()) {
        throw incomplete("a chunk is longer than its size");
      }
    }
  }

  /// A signature may follow the size: `400;chunk-signature=...`.
  private int chunkSize() throws S3Error {
    try {
      return Integer.parseUnsignedInt(line().split(";", 2)[0], 16);
    } catch (NumberFormatException _) {
      throw incomplete("not a chunk's size");
    }
  }

  private void readTrailer() throws S3Error {
    while (at < in.length) {
      String[] header = line().split(":", 2);
      if (header.length == 2) {
        trailer.put(header[0].toLowerCase(Locale.ROOT), header[1].strip());
      }
    }
  }

  private String line() throws S3Error {
    for (int end = at; end + 1 < in.length; end++) {
      if (in[end] == '\r' && in[end + 1] == '\n') {
        String line = new String(in, at, end - at, US_ASCII);
        at = end + 2;
        return line;
      }
    }
    throw incomplete("a line without an end");
  }

  private static S3Error incomplete(String detail) {
    return new S3Error(
        400, "IncompleteBody", "The request body terminated unexpectedly: " + detail);
  }
}
