package dev.logshipper.format.edgedelta;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.support.AwsSettings;
import dev.logshipper.sink.support.Http1Client;
import dev.logshipper.sink.support.Http1Request;
import dev.logshipper.sink.support.Http1Response;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The credentials of the function's role. Immutable.
final class FunctionCredentials {
  private final String key;
  private final String secret;
  private final @Nullable String token;

  private FunctionCredentials(String key, String secret, @Nullable String token) {
    this.key = key;
    this.secret = secret;
    this.token = token;
  }

  /// Credentials from the variables or, with SnapStart, from the local endpoint.
  ///
  /// @return null when there are none
  static @Nullable FunctionCredentials of(Settings settings, Http1Client http, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException, JsonException {
    String key = settings.find(AwsSettings.ACCESS_KEY_ID).orElse(null);
    String secret = settings.find(AwsSettings.SECRET_ACCESS_KEY).orElse(null);
    if (key != null && secret != null) {
      String token = settings.find(AwsSettings.SESSION_TOKEN).orElse(null);
      return new FunctionCredentials(key, secret, token);
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

  SigV4 signer(String region, String service) {
    return new SigV4(key, secret, token, region, service);
  }

  private static @Nullable FunctionCredentials parse(byte[] response) throws JsonException {
    JsonReader json = new JsonReader(response);
    String key = "";
    String secret = "";
    String token = "";
    json.expect('{');
    while (!json.accept('}')) {
      String name = json.string();
      json.expect(':');
      switch (name) {
        case "AccessKeyId" -> key = json.textOrEmpty();
        case "SecretAccessKey" -> secret = json.textOrEmpty();
        case "Token" -> token = json.textOrEmpty();
        default -> json.skipValue();
      }
      json.accept(',');
    }
    return key.isEmpty() || secret.isEmpty() ? null : new FunctionCredentials(key, secret, token);
  }
}
