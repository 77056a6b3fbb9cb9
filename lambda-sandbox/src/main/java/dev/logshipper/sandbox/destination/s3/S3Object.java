package dev.logshipper.sandbox.destination.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// An object as it is stored. Immutable, safe for any thread.
public final class S3Object {
  private final String bucket;
  private final String key;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Instant written;

  /// @param headers with which it was written
  /// @param body without chunks, as returned to a reader
  public S3Object(
      String bucket, String key, Map<String, String> headers, byte[] body, Instant written) {
    this.bucket = bucket;
    this.key = key;
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    this.headers = Collections.unmodifiableMap(copy);
    this.body = body.clone();
    this.written = written;
  }

  /// The bucket's name.
  public String bucket() {
    return bucket;
  }

  /// Its name in the bucket.
  public String key() {
    return key;
  }

  /// With which headers it was written, encryption and owner among them; look-up ignores case.
  public Map<String, String> headers() {
    return headers;
  }

  /// One header, name in any case.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// Its bytes.
  public byte[] body() {
    return body.clone();
  }

  /// When it was written, by the server's clock.
  public Instant written() {
    return written;
  }

  /// Its bytes as UTF-8, decompressed if its key or its encoding is gzip's.
  ///
  /// @throws UncheckedIOException when it is marked as gzip and is not
  public String text() {
    return new String(isGzip() ? unzipped() : body, UTF_8);
  }

  /// The lines of [#text()].
  public List<String> lines() {
    String text = text();
    return text.isEmpty() ? List.of() : List.of(withoutLastNewline(text).split("\n", -1));
  }

  private boolean isGzip() {
    return key.endsWith(".gz") || header("Content-Encoding").orElse("").contains("gzip");
  }

  private byte[] unzipped() {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(bucket + "/" + key + " is not gzip", e);
    }
  }

  private static String withoutLastNewline(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public String toString() {
    return bucket + "/" + key + ", " + body.length + " bytes";
  }
}
