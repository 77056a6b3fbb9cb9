package dev.logshipper.client.aws;

import dev.logshipper.sink.support.RoleCredentials;
import dev.logshipper.sink.support.text.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/// The local endpoint for the credentials of the function's role. Used with SnapStart: a snapshot
/// outlives all credentials that it could contain. Thread-safe.
final class ContainerCredentials implements RenewedCredentials.Source {
  private final URI uri;
  private final String token;
  private final SdkHttpClient http;

  /// @param token for the endpoint; may be empty
  ContainerCredentials(URI uri, String token, SdkHttpClient http) {
    this.uri = uri;
    this.token = token;
    this.http = http;
  }

  @Override
  public RenewedCredentials.Temporary request() throws CredentialsUnavailable {
    try {
      return parse(response());
    } catch (IOException | JsonException _) {
      throw new CredentialsUnavailable(
          "no credentials: the local credentials endpoint does not return any");
    }
  }

  @Override
  public SinkCredentials.Principal principal() {
    return SinkCredentials.Principal.FUNCTION;
  }

  @Override
  public String toString() {
    return "the local credentials endpoint";
  }

  private byte[] response() throws IOException {
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

  private static RenewedCredentials.Temporary parse(byte[] response)
      throws IOException, JsonException {
    RoleCredentials parsed = RoleCredentials.parse(response);
    String session = parsed == null ? null : parsed.sessionToken();
    if (parsed == null || session == null) {
      throw new IOException("a response without credentials");
    }
    return new RenewedCredentials.Temporary(
        AwsSessionCredentials.create(parsed.accessKeyId(), parsed.secretAccessKey(), session),
        parsed.expiryMillis());
  }
}
