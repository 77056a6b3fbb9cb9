package dev.logshipper.sink.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.support.text.Timestamps;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Signs requests without query with AWS Signature Version 4 ("Create a signed AWS API request",
/// IAM User Guide): an SDK for one request would cost more start-up time than everything else here.
/// Immutable.
///
/// @param sessionToken null for long-term credentials
public record SigV4(
    String accessKeyId,
    String secretAccessKey,
    @Nullable String sessionToken,
    String region,
    String service) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /// The headers to send with a GET; `Host` is signed too, but sent by the HTTP client.
  ///
  /// @param host with the port unless it is the scheme's default
  /// @param path of unreserved characters and slashes only, which need no encoding
  public Map<String, String> get(String host, String path, long epochMillis) {
    return headers("GET", host, path, Map.of(), new byte[0], epochMillis);
  }

  /// The headers to send with a POST, the given ones included.
  ///
  /// @param host with the port unless it is the scheme's default
  /// @param path of unreserved characters and slashes only, which need no encoding
  /// @param named headers to sign; names in lower case, values without spaces at either end
  public Map<String, String> post(
      String host, String path, Map<String, String> named, byte[] body, long epochMillis) {
    return headers("POST", host, path, named, body, epochMillis);
  }

  private Map<String, String> headers(
      String method,
      String host,
      String path,
      Map<String, String> named,
      byte[] body,
      long epochMillis) {
    String time = basicTime(epochMillis);
    SortedMap<String, String> headers = new TreeMap<>(named);
    headers.put("x-amz-date", time);
    if (sessionToken != null) {
      headers.put("x-amz-security-token", sessionToken);
    }
    SortedMap<String, String> signed = new TreeMap<>(headers);
    signed.put("host", host);
    String names = String.join(";", signed.keySet());
    String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
    String request = method + "\n" + path + "\n\n" + canonical(signed, names, hex(sha256(body)));
    String toSign =
        ALGORITHM + "\n" + time + "\n" + scope + "\n" + hex(sha256(request.getBytes(UTF_8)));
    String signature = hex(hmac(signingKey(time.substring(0, 8)), toSign));
    String credential = " Credential=" + accessKeyId + "/" + scope;
    headers.put(
        "Authorization",
        ALGORITHM + credential + ", SignedHeaders=" + names + ", Signature=" + signature);
    return headers;
  }

  private static String canonical(
      Map<String, String> headers, String headerNames, String bodyHash) {
    StringBuilder request = new StringBuilder();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      request.append(header.getKey()).append(':').append(header.getValue()).append('\n');
    }
    return request.append('\n').append(headerNames).append('\n').append(bodyHash).toString();
  }

  private byte[] signingKey(String day) {
    byte[] key = hmac(("AWS4" + secretAccessKey).getBytes(UTF_8), day);
    return hmac(hmac(hmac(key, region), service), "aws4_request");
  }

  /// `20150830T123600Z`.
  private static String basicTime(long epochMillis) {
    String time = Timestamps.format(epochMillis).replace("-", "").replace(":", "");
    return time.substring(0, time.indexOf('.')) + "Z";
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // each Java platform has it
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // each Java platform has it
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String toString() {
    return "signer for " + service + " in " + region;
  }
}
