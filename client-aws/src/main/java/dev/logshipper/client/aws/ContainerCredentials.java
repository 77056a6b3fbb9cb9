package dev.logshipper.client.aws;

import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.support.text.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/// Credentials from a local endpoint, kept until shortly before they expire. Used with SnapStart: a
/// snapshot outlives all credentials that it could contain. Thread-safe.
final class ContainerCredentials implements RoleCredentials {
  private static final long EARLY_MILLIS = Duration.ofMinutes(5).toMillis();

  /// Within this time, another request would return the same credentials.
  private static final long FRESH_MILLIS = Duration.ofMinutes(1).toMillis();

  private final URI uri;
  private final String token;
  private final SdkHttpClient http;
  private final LongSupplier epochMillis;
  private @Nullable AwsSessionCredentials loaded;
  private long loadedAtMillis;
  private long expiryMillis;

  /// @param token for the endpoint; may be empty
  /// @param epochMillis wall clock
  ContainerCredentials(URI uri, String token, SdkHttpClient http, LongSupplier epochMillis) {
    this.uri = uri;
    this.token = token;
    this.http = http;
    this.epochMillis = epochMillis;
  }

  /// @throws SdkClientException when they are unavailable; its cause is an [IOException]
  @Override
  public synchronized AwsCredentials resolveCredentials() {
    AwsSessionCredentials known = loaded;
    long now = epochMillis.getAsLong();
    if (known != null && now < expiryMillis - EARLY_MILLIS) {
      return known;
    }
    try {
      AwsSessionCredentials fresh = parse(request());
      loaded = fresh;
      loadedAtMillis = now;
      return fresh;
    } catch (IOException | JsonException failure) {
      if (known != null && now < expiryMillis) {
        return known;
      }
      throw SdkClientException.create("no credentials", new CredentialsUnavailable(failure));
    }
  }

  @Override
  public synchronized boolean forget() {
    loaded = null;
    return epochMillis.getAsLong() - loadedAtMillis > FRESH_MILLIS;
  }

  private byte[] request() throws IOException {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(uri)
            .putHeader("Accept", "application/json")
            .putHeader("Authorization", token)
            .putHeader("Connection", "close")
            .build();
    HttpExecuteResponse response =
        http.prepareRequest(HttpExecuteRequest.builder().request(request).build()).call();
    if (response.httpResponse().statusCode() != 200) {
      throw new IOException("status " + response.httpResponse().statusCode());
    }
    try (InputStream body = response.responseBody().orElseGet(AbortableInputStream::createEmpty)) {
      return body.readAllBytes();
    }
  }

  private AwsSessionCredentials parse(byte[] response) throws IOException, JsonException {
    JsonReader json = new JsonReader(response);
    String key = "";
    String secret = "";
    String session = "";
    String expiration = "";
    json.expect('{');
    while (!json.accept('}')) {
      String name = json.string();
      json.expect(':');
      switch (name) {
        case "AccessKeyId" -> key = json.textOrEmpty();
        case "SecretAccessKey" -> secret = json.textOrEmpty();
        case "Token" -> session = json.textOrEmpty();
        case "Expiration" -> expiration = json.textOrEmpty();
        default -> json.skipValue();
      }
      json.accept(',');
    }
    if (key.isEmpty() || secret.isEmpty() || session.isEmpty()) {
      throw new IOException("a response without credentials");
    }
    expiryMillis = Timestamps.parseMillis(expiration);
    return AwsSessionCredentials.create(key, secret, session);
  }
}
