package dev.logshipper.sandbox.destination.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Creates and verifies signatures of requests (AWS Signature Version 4). Paths and queries are
/// used as sent, escaped once.
public final class SignatureV4 {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private SignatureV4() {}

  /// Whether the holder of this secret has signed the request.
  public static boolean isValid(
      ReceivedRequest request, Authorization authorization, AwsCredentials credentials) {
    Map<String, String> signed = new TreeMap<>();
    for (String name : authorization.signedHeaders()) {
      signed.put(name, request.header(name).orElse(""));
    }
    String payload = request.header("x-amz-content-sha256").orElseGet(() -> sha256(request.body()));
    String time = request.header("x-amz-date").orElse("");
    return time.startsWith(authorization.date())
        && authorization.accessKeyId().equals(credentials.accessKeyId())
        && authorization
            .signature()
            .equals(
                signature(
                    authorization,
                    credentials,
                    time,
                    canonical(request.method(), request.path(), signed, payload)));
  }

  /// The headers that make a request signed, `host` aside, which every client sends by itself.
  ///
  /// @param target path and query, escaped
  public static Map<String, String> headers(
      AwsCredentials credentials,
      String region,
      String service,
      Instant now,
      String method,
      String host,
      String target,
      byte[] body) {
    String time = TIME.format(now);
    Map<String, String> headers = new TreeMap<>();
    headers.put("x-amz-content-sha256", sha256(body));
    headers.put("x-amz-date", time);
    Map<String, String> signed = new TreeMap<>(headers);
    signed.put("host", host);
    Authorization unsigned =
        new Authorization(
            credentials.accessKeyId(),
            time.substring(0, 8),
            region,
            service,
            List.copyOf(signed.keySet()),
            "");
    String canonical = canonical(method, target, signed, sha256(body));
    Authorization authorization =
        new Authorization(
            credentials.accessKeyId(),
            unsigned.date(),
            region,
            service,
            unsigned.signedHeaders(),
            signature(unsigned, credentials, time, canonical));
    headers.put("Authorization", authorization.header());
    return headers;
  }

  /// SHA-256 in hex digits.
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String canonical(
      String method, String target, Map<String, String> signed, String payload) {
    String[] parts = target.split("\\?", 2);
    String query =
        parts.length == 1
            ? ""
            : Arrays.stream(parts[1].split("&", -1))
                .map(each -> each.contains("=") ? each : each + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    StringBuilder headers = new StringBuilder();
    signed.forEach((name, value) ->
        headers.append(name).append(':').append(value.strip().replaceAll(" +", " ")).append('\n'));
    return String.join(
        "\n",
        method,
        parts[0],
        query,
        headers.toString(),
        String.join(";", signed.keySet()),
        payload);
  }

  private static String signature(
      Authorization scope, AwsCredentials credentials, String time, String canonical) {
    byte[] key = ("AWS4" + credentials.secretAccessKey()).getBytes(UTF_8);
    for (String part :
        List.of(scope.date(), scope.region(), scope.service(), Authorization.TERMINATOR)) {
      key = hmac(key, part);
    }
    String toSign =
        String.join(
            "\n", Authorization.ALGORITHM, time, scope.scope(), sha256(canonical.getBytes(UTF_8)));
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
