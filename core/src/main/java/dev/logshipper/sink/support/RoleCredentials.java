package dev.logshipper.sink.support;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.support.text.Timestamps;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The credentials of the function's role. Immutable.
///
/// @param sessionToken null for long-term credentials
/// @param expiryMillis since 1970; 0 if unknown
public record RoleCredentials(
    String accessKeyId, String secretAccessKey, @Nullable String sessionToken, long expiryMillis) {

  /// Credentials from the variables or, with SnapStart, from the local endpoint.
  ///
  /// @param settings with the variables of [AwsSettings]
  /// @param http for the local endpoint
  /// @return null when there are none
  public static @Nullable RoleCredentials of(Settings settings, Http1Client http, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException, JsonException {
    String key = settings.find(AwsSettings.ACCESS_KEY_ID).orElse(null);
    String secret = settings.find(AwsSettings.SECRET_ACCESS_KEY).orElse(null);
    if (key != null && secret != null) {
      String token = settings.find(AwsSettings.SESSION_TOKEN).orElse(null);
      return new RoleCredentials(key, secret, token, 0);
    }
    URI uri = settings.find(AwsSettings.CREDENTIALS_URI).orElse(null);
    if (uri == null) {
      return null;
    }
    Http1Request request =
        Http1Request.get(uri)
            .header("Accept", "application/json")
            .header("Authorization", settings.find(AwsSettings.CREDENTIALS_TOKEN).orElse(""));
    Http1Response response = http.send(request, deadline);
    return response.status() == 200 ? parse(response.body()) : null;
  }

  /// Parses a response of the local endpoint; null when it contains no credentials.
  public static @Nullable RoleCredentials parse(byte[] response) throws JsonException {
    JsonReader json = new JsonReader(response);
    String key = "";
    String secret = "";
    String token = "";
    String expiration = "";
    json.expect('{');
    while (!json.accept('}')) {
      String name = json.string();
      json.expect(':');
      switch (name) {
        case "AccessKeyId" -> key = json.textOrEmpty();
        case "SecretAccessKey" -> secret = json.textOrEmpty();
        case "Token" -> token = json.textOrEmpty();
        case "Expiration" -> expiration = json.textOrEmpty();
        default -> json.skipValue();
      }
      json.accept(',');
    }
    return key.isEmpty() || secret.isEmpty()
        ? null
        : new RoleCredentials(
            key, secret, token.isEmpty() ? null : token, Timestamps.parseMillis(expiration));
  }

  /// Signs requests to a service with these credentials.
  public SigV4 signer(String region, String service) {
    return new SigV4(accessKeyId, secretAccessKey, sessionToken, region, service);
  }

  @Override
  public String toString() {
    return "credentials of the function's role";
  }
}
