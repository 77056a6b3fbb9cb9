package dev.logshipper.client.aws;

import dev.logshipper.config.Parser;
import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Diagnostics;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A sink's variables for another identity than the function's role: keys of its own, or a role to
/// assume, such as one in another account. Lambda reserves AWS's names for the function's role.
/// Immutable; a sink creates it once and declares [#all] among its settings.
public final class IdentitySettings {
  private static final int ARN_CHARS_MAX = 2048;
  private static final int EXTERNAL_ID_CHARS_MAX = 1224;
  private static final int SESSION_CHARS_MAX = 64;
  private static final String SESSION_CHARACTERS = "_+=,.@-";

  private final Setting<String> keyId;
  private final Setting<String> secretKey;
  private final Setting<String> sessionToken;
  private final Setting<String> roleArn;
  private final Setting<String> externalId;
  private final Setting<String> sessionName;

  private IdentitySettings(String prefix) {
    keyId =
        Setting.optional(
                prefix + "ACCESS_KEY_ID",
                Parsers.text(),
                "Access key to use instead of the function's role, such as that of another store;"
                    + " needs the next one")
            .secret();
    secretKey =
        Setting.optional(
                prefix + "SECRET_ACCESS_KEY", Parsers.text(), "Secret access key of that key")
            .secret();
    sessionToken =
        Setting.optional(
                prefix + "SESSION_TOKEN", Parsers.text(), "Session token of that key, if any")
            .secret();
    roleArn =
        Setting.optional(
            prefix + "ROLE_ARN",
            Parser.of(
                "the ARN of a role, such as arn:aws:iam::123456789012:role/logs",
                IdentitySettings::arnOf),
            "Role to assume, such as one in another account; needs sts:AssumeRole");
    externalId =
        Setting.optional(
                prefix + "ROLE_EXTERNAL_ID",
                Parser.of(
                    "an external id of 2 to 1224 letters, digits and _ + = , . @ : / -",
                    text -> tokenOf(text, EXTERNAL_ID_CHARS_MAX, SESSION_CHARACTERS + ":/")),
                "External id that the role's trust policy asks for")
            .secret();
    sessionName =
        Setting.optional(
            prefix + "ROLE_SESSION_NAME",
            Parser.of(
                "a session name of 2 to 64 letters, digits and _ + = , . @ -",
                text -> tokenOf(text, SESSION_CHARS_MAX, SESSION_CHARACTERS)),
            "Name of the role's session in CloudTrail; the function's name by default");
  }

  private IdentitySettings(IdentitySettings other, String prefix, String aliasPrefix) {
    keyId = aliased(other.keyId, prefix, aliasPrefix);
    secretKey = aliased(other.secretKey, prefix, aliasPrefix);
    sessionToken = aliased(other.sessionToken, prefix, aliasPrefix);
    roleArn = aliased(other.roleArn, prefix, aliasPrefix);
    externalId = aliased(other.externalId, prefix, aliasPrefix);
    sessionName = aliased(other.sessionName, prefix, aliasPrefix);
  }

  /// The variables of one sink: `PUSHER_S3_ROLE_ARN` and so on for the mode `s3`.
  public static IdentitySettings ofMode(String mode) {
    return new IdentitySettings(prefix(mode));
  }

  /// The same for a mode with an alias, under which they are read, too.
  public static IdentitySettings ofMode(String mode, String alias) {
    return new IdentitySettings(ofMode(mode), prefix(mode), prefix(alias));
  }

  private static String prefix(String mode) {
    return "PUSHER_" + mode.toUpperCase(Locale.ROOT) + "_";
  }

  private static <T> Setting<T> aliased(Setting<T> setting, String prefix, String aliasPrefix) {
    return setting.alias(aliasPrefix + setting.name().substring(prefix.length()));
  }

  /// All of them, in the order of the documentation.
  public List<Setting<?>> all() {
    return List.of(keyId, secretKey, sessionToken, roleArn, externalId, sessionName);
  }

  /// The keys of its own. An id without its secret, or the reverse, is reported and ignored.
  ///
  /// @return null when there are none
  @Nullable FixedCredentials keys(Settings settings, Diagnostics diagnostics) {
    String id = settings.find(keyId).orElse(null);
    String secret = settings.find(secretKey).orElse(null);
    if ((id == null) != (secret == null)) {
      diagnostics.warn(
          (id == null ? keyId : secretKey).name()
              + " is not set: expected both "
              + keyId.name()
              + " and "
              + secretKey.name()
              + ", or neither; the function's role is used");
    }
    String token = settings.find(sessionToken).orElse(null);
    if (token != null && id == null && secret == null) {
      diagnostics.warn(sessionToken.name() + " has no effect without " + keyId.name());
    }
    String variables =
        keyId.name()
            + (token == null
                ? " and " + secretKey.name()
                : ", " + secretKey.name() + " and " + sessionToken.name());
    return FixedCredentials.of(
        new SinkCredentials.Principal("the owner of " + keyId.name(), variables),
        id,
        secret,
        token);
  }

  /// The role to assume.
  ///
  /// @param functionName default name of the session
  /// @return null when there is none
  @Nullable Role role(Settings settings, String functionName, Diagnostics diagnostics) {
    String arn = settings.find(roleArn).orElse(null);
    String external = settings.find(externalId).orElse(null);
    if (arn == null) {
      if (external != null) {
        diagnostics.warn(externalId.name() + " has no effect without " + roleArn.name());
      }
      return null;
    }
    String session = tokenOf(functionName, SESSION_CHARS_MAX, SESSION_CHARACTERS);
    String variables =
        external == null ? roleArn.name() : roleArn.name() + " and " + externalId.name();
    return new Role(
        arn,
        external,
        settings.find(sessionName).orElse(session == null ? "log-shipper" : session),
        new SinkCredentials.Principal("role " + arn, variables));
  }

  /// A role to assume.
  ///
  /// @param principal the role, for messages
  record Role(
      String arn,
      @Nullable String externalId,
      String sessionName,
      SinkCredentials.Principal principal) {}

  private static @Nullable String arnOf(String text) {
    String arn = text.strip();
    String[] parts = arn.split(":", 6);
    boolean fits =
        arn.length() <= ARN_CHARS_MAX
            && parts.length == 6
            && parts[0].equals("arn")
            && parts[5].startsWith("role/")
            && consistsOf(arn, SESSION_CHARACTERS + ":/");
    return fits ? arn : null;
  }

  private static @Nullable String tokenOf(String text, int charsMax, String punctuation) {
    String token = text.strip();
    boolean fits = token.length() >= 2 && token.length() <= charsMax;
    return fits && consistsOf(token, punctuation) ? token : null;
  }

  private static boolean consistsOf(String text, String punctuation) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!isLetter && !(c >= '0' && c <= '9') && punctuation.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
