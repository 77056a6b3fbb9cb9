package dev.logshipper.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Writes the replacement of a value: its kind, `[email]`, and with a key a hash, `[email:…]`, by
/// which equal values can be found, but not the value: 64 bits of HMAC-SHA-256. Not thread-safe.
final class Labels {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int HASH_BYTES = 8;
  private static final String OWN_PATTERN = "redacted";

  private final @Nullable Mac mac;

  /// @param key null for labels without hashes
  Labels(@Nullable String key) {
    this.mac = key == null ? null : mac(key);
  }

  byte[] label(Matches.Match match) {
    String kind = match.kind() == null ? OWN_PATTERN : match.kind().word();
    String hash =
        mac == null
            ? ""
            : ":"
                + HexFormat.of()
                    .formatHex(mac.doFinal(match.value().getBytes(ISO_8859_1)), 0, HASH_BYTES);
    return ("[" + kind + hash + "]").getBytes(UTF_8);
  }

  private static Mac mac(String key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
