package dev.logshipper.format.edgedelta;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.support.AwsSettings;
import dev.logshipper.sink.support.Http1Client;
import dev.logshipper.sink.support.Http1Request;
import dev.logshipper.sink.support.Http1Response;
import dev.logshipper.sink.support.ProxySettings;
import dev.logshipper.sink.support.RoleCredentials;
import dev.logshipper.sink.support.text.JsonException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Asks the Lambda API for the function's details once, with the first batch, and continues without
/// them if that fails: a failed look-up must not cost logs.
///
/// Not thread-safe.
final class FunctionLookup {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int RESPONSE_BYTES_MAX = 1 << 20;

  private final SinkContext context;
  private final Settings settings;
  private final LongSupplier epochMillis;
  private @Nullable FunctionDetails found;

  private FunctionLookup(SinkContext context, LongSupplier epochMillis) {
    this.context = context;
    this.settings = context.settings();
    this.epochMillis = epochMillis;
  }

  /// @param epochMillis wall clock, for the signature
  static FunctionLookup of(SinkContext context, LongSupplier epochMillis) {
    return new FunctionLookup(context, epochMillis);
  }

  /// The details, empty unless the user wants them. Only the first call does I/O.
  FunctionDetails details(Deadline deadline) throws InterruptedException {
    FunctionDetails known = found;
    if (known == null) {
      known = settings.get(FormatSettings.FORWARD_TAGS) ? ask(deadline) : FunctionDetails.NONE;
      found = known;
    }
    return known;
  }

  private FunctionDetails ask(Deadline deadline) throws InterruptedException {
    try {
      // The other half is for sending the batch.
      Deadline half = deadline.atMost(deadline.remaining().dividedBy(2)).atMost(LIMIT);
      return fetch(half);
    } catch (TimeoutException _) {
      return without("timed out");
    } catch (JsonException _) {
      return without("returned an invalid response");
    } catch (IOException e) {
      return without("failed (" + Http1Client.describe(e) + ")");
    } catch (IllegalArgumentException unusable) {
      return without("is not possible: " + unusable.getMessage());
    }
  }

  private FunctionDetails fetch(Deadline deadline)
      throws IOException, InterruptedException, TimeoutException, JsonException {
    try (Http1Client http = client()) {
      RoleCredentials credentials = RoleCredentials.of(settings, http, deadline);
      if (credentials == null) {
        return without(
            "needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                + " AWS_CONTAINER_CREDENTIALS_FULL_URI");
      }
      URI endpoint = endpoint(context.function().region());
      if (endpoint == null) {
        return without("has no known host in this region: set AWS_ENDPOINT_URL_LAMBDA");
      }
      Http1Response response = http.send(request(endpoint, credentials), deadline);
      return switch (response.status()) {
        case 200 ->
            GetFunctionResponse.read(response.text(), settings.get(FormatSettings.TAG_PREFIX));
        case 403 -> without("is not allowed (403): the function's role needs that permission");
        default -> without("failed (" + response.status() + ")");
      };
    }
  }

  private Http1Client client() {
    return Http1Client.of(
        "log-shipper-lookup",
        RESPONSE_BYTES_MAX,
        AwsSettings.caCertificates(settings, context.diagnostics()),
        ProxySettings.sharedProxies(settings));
  }

  private Http1Request request(URI endpoint, RoleCredentials credentials) {
    FunctionIdentity function = context.function();
    String path = "/2015-03-31/functions/" + URLEncoder.encode(function.name(), UTF_8);
    // There is no second request to keep the connection for.
    Http1Request request = Http1Request.get(endpoint.resolve(path)).header("Connection", "close");
    Map<String, String> headers =
        credentials
            .signer(function.region(), "lambda")
            .get(request.origin().authority(), path, epochMillis.getAsLong());
    headers.forEach(request::header);
    return request;
  }

  private @Nullable URI endpoint(String region) {
    return settings
        .find(FormatSettings.LAMBDA_ENDPOINT)
        .or(() -> settings.find(AwsSettings.ENDPOINT))
        .orElseGet(() -> AwsSettings.publicEndpoint("lambda", region, settings));
  }

  private FunctionDetails without(String failure) {
    Diagnostics diagnostics = context.diagnostics();
    diagnostics.warn(
        "ED_FORWARD_LAMBDA_TAGS: lambda:GetFunction " + failure + "; logs are sent without tags");
    return FunctionDetails.NONE;
  }
}
