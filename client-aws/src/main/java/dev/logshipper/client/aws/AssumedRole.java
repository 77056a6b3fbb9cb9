package dev.logshipper.client.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Authority;
import dev.logshipper.sink.support.ConnectionVariables;
import dev.logshipper.sink.support.Http1Client;
import dev.logshipper.sink.support.text.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/// The credentials of a role that other credentials may assume, by `AssumeRole` of AWS STS. The
/// SDK's module for STS would be a large dependency for one request. Thread-safe.
final class AssumedRole implements RenewedCredentials.Source {
  private final IdentitySettings.Role role;
  private final SinkCredentials source;
  private final URI endpoint;
  private final String region;
  private final SdkHttpClient http;
  private final ConnectionVariables variables;

  /// @param source sign the request
  /// @param sts its endpoint
  AssumedRole(
      IdentitySettings.Role role,
      SinkCredentials source,
      ServiceEndpoint sts,
      String region,
      SdkHttpClient http) {
    this.role = role;
    this.source = source;
    this.endpoint = sts.required();
    this.region = region;
    this.http = http;
    this.variables = sts.variables();
  }

  @Override
  public RenewedCredentials.Temporary request() throws CredentialsUnavailable {
    HttpExecuteRequest request = signed();
    try {
      HttpExecuteResponse response = http.prepareRequest(request).call();
      String body = text(response);
      if (response.httpResponse().statusCode() != 200) {
        throw failed(response.httpResponse().statusCode(), element(body, "Code"));
      }
      return parse(body);
    } catch (CredentialsUnavailable failure) {
      throw failure;
    } catch (IOException failure) {
      throw unavailable(Http1Client.reason(failure, toString(), variables));
    }
  }

  @Override
  public SinkCredentials.Principal principal() {
    return role.principal();
  }

  @Override
  public String toString() {
    return "STS at " + Authority.require(endpoint).host();
  }

  private HttpExecuteRequest signed() throws CredentialsUnavailable {
    byte[] form = form().getBytes(UTF_8);
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .putHeader("Content-Length", Integer.toString(form.length))
            .putHeader("Connection", "close")
            .build();
    ContentStreamProvider content = ContentStreamProvider.fromByteArray(form);
    try {
      SignedRequest signed =
          AwsV4HttpSigner.create()
              .sign(sign ->
                  sign.identity(source.resolveCredentials())
                      .request(request)
                      .payload(content)
                      .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                      .putProperty(AwsV4HttpSigner.REGION_NAME, region));
      return HttpExecuteRequest.builder()
          .request(signed.request())
          .contentStreamProvider(signed.payload().orElse(content))
          .build();
    } catch (SdkClientException failure) {
      throw failure.getCause() instanceof CredentialsUnavailable cause
          ? cause
          : unavailable("the request cannot be signed");
    }
  }

  private String form() {
    StringBuilder form = new StringBuilder("Action=AssumeRole&Version=2011-06-15&RoleArn=");
    form.append(URLEncoder.encode(role.arn(), UTF_8));
    form.append("&RoleSessionName=").append(URLEncoder.encode(role.sessionName(), UTF_8));
    String externalId = role.externalId();
    if (externalId != null) {
      form.append("&ExternalId=").append(URLEncoder.encode(externalId, UTF_8));
    }
    return form.toString();
  }

  private CredentialsUnavailable failed(int status, String text) {
    String code = AwsErrorClassifier.looksLikeACode(text) ? text : "";
    String response = this + " returned " + status + (code.isEmpty() ? "" : " " + code);
    boolean _ = AwsErrorClassifier.isExpired(code) && source.forget();
    if (AwsErrorClassifier.isDenied(code)) {
      return unavailable(
          response
              + ": its trust policy must allow "
              + source.principal().name()
              + ", which needs sts:AssumeRole on it");
    }
    if (AwsErrorClassifier.isUnknown(code)) {
      return unavailable(response + ": check " + source.principal().variables());
    }
    return unavailable(
        code.equals("ValidationError")
            ? response + ": check " + role.principal().variables()
            : response);
  }

  private CredentialsUnavailable unavailable(String reason) {
    return new CredentialsUnavailable("cannot assume " + role.principal().name() + ": " + reason);
  }

  private RenewedCredentials.Temporary parse(String response) throws CredentialsUnavailable {
    String key = element(response, "AccessKeyId");
    String secret = element(response, "SecretAccessKey");
    String session = element(response, "SessionToken");
    if (key.isEmpty() || secret.isEmpty() || session.isEmpty()) {
      throw unavailable(this + " returned no credentials");
    }
    return new RenewedCredentials.Temporary(
        AwsSessionCredentials.create(key, secret, session),
        Timestamps.parseMillis(element(response, "Expiration")));
  }

  /// The text of the first element of this name; empty if there is none. None of those read here
  /// can contain a character that XML escapes.
  private static String element(String xml, String name) {
    int at = xml.indexOf("<" + name + ">");
    int from = at + name.length() + 2;
    int to = at < 0 ? at : xml.indexOf("</" + name + ">", from);
    return to < 0 ? "" : xml.substring(from, to).strip();
  }

  private static String text(HttpExecuteResponse response) throws IOException {
    try (InputStream body = response.responseBody().orElseGet(AbortableInputStream::createEmpty)) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }
}
