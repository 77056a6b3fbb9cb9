package dev.logshipper.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.secret.SecretReference.Service;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.support.AwsSettings;
import dev.logshipper.sink.support.ConnectionVariables;
import dev.logshipper.sink.support.Http1Client;
import dev.logshipper.sink.support.Http1Request;
import dev.logshipper.sink.support.Http1Response;
import dev.logshipper.sink.support.ProxySettings;
import dev.logshipper.sink.support.RoleCredentials;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Reads secrets of Secrets Manager and parameters of SSM, with signed requests. Reads a text that
/// several references name once. Not thread-safe.
final class SecretClient implements AutoCloseable {
  private static final int RESPONSE_BYTES_MAX = 1 << 20;
  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

  private final Settings settings;
  private final LongSupplier epochMillis;
  private final Http1Client http;
  private final Map<String, String> texts = new TreeMap<>();
  private @Nullable RoleCredentials credentials;

  /// @param settings those of [SecretSettings]
  /// @param epochMillis wall clock, for signatures
  SecretClient(Settings settings, Diagnostics diagnostics, LongSupplier epochMillis) {
    this.settings = settings;
    this.epochMillis = epochMillis;
    this.http =
        Http1Client.of(
            "log-shipper-secret",
            RESPONSE_BYTES_MAX,
            AwsSettings.caCertificates(settings, diagnostics),
            ProxySettings.sharedProxies(settings));
  }

  /// Reads the secret that a reference names.
  String read(SecretReference reference, Deadline deadline)
      throws SecretUnavailable, InterruptedException {
    String text = texts.get(reference.arn());
    if (text == null) {
      text = fetch(reference, deadline);
      texts.put(reference.arn(), text);
    }
    return SecretText.member(text, reference.key());
  }

  private String fetch(SecretReference reference, Deadline deadline)
      throws SecretUnavailable, InterruptedException {
    Service service = reference.service();
    Setting<URI> ofService = SecretSettings.endpoint(service);
    Setting<URI> chosen = settings.isSet(ofService) ? ofService : AwsSettings.ENDPOINT;
    URI endpoint = settings.find(chosen).orElse(null);
    String variable = endpoint == null ? "" : chosen.name();
    if (endpoint == null) {
      // A reference names a region of a known partition.
      endpoint = AwsSettings.publicEndpoint(service.id, reference.region(), settings);
    }
    if (endpoint == null) {
      throw new SecretUnavailable(service.title + " has no known host: set " + ofService.name());
    }
    try {
      Http1Response response = http.send(request(endpoint, reference, signer(deadline)), deadline);
      return SecretText.of(service, response);
    } catch (TimeoutException late) {
      throw new SecretUnavailable(service.title + " " + late.getMessage());
    } catch (JsonException _) {
      throw new SecretUnavailable(service.title + " returned an invalid response");
    } catch (IOException failure) {
      ConnectionVariables variables =
          new ConnectionVariables(variable, AwsSettings.CA_BUNDLE.name(), "");
      String host = Http1Request.Origin.of(endpoint).host();
      throw new SecretUnavailable(Http1Client.reason(failure, host, variables));
    }
  }

  private RoleCredentials signer(Deadline deadline)
      throws SecretUnavailable, IOException, InterruptedException, TimeoutException {
    RoleCredentials known = credentials;
    try {
      known = known == null ? RoleCredentials.of(settings, http, deadline) : known;
    } catch (JsonException _) {
      known = null;
    }
    if (known == null) {
      throw new SecretUnavailable(
          "no credentials: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
              + " AWS_CONTAINER_CREDENTIALS_FULL_URI, as Lambda sets them");
    }
    credentials = known;
    return known;
  }

  private Http1Request request(URI endpoint, SecretReference reference, RoleCredentials signedBy) {
    Service service = reference.service();
    String arn = JsonWriter.string(reference.arn());
    String json =
        service == Service.SSM
            ? "{\"Name\":" + arn + ",\"WithDecryption\":true}"
            : "{\"SecretId\":" + arn + "}";
    byte[] body = json.getBytes(UTF_8);
    URI url = endpoint.resolve("/");
    Http1Request request = Http1Request.post(url, body);
    Map<String, String> named =
        Map.of("content-type", CONTENT_TYPE, "x-amz-target", service.target);
    signedBy
        .signer(reference.region(), service.id)
        .post(request.origin().authority(), "/", named, body, epochMillis.getAsLong())
        .forEach(request::header);
    return request;
  }

  @Override
  public void close() {
    http.close();
  }
}
