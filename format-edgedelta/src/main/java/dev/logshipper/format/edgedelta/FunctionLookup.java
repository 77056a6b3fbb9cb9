package dev.logshipper.format.edgedelta;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.support.AwsSettings;
import dev.logshipper.sink.support.TimeLimiter;
import dev.logshipper.sink.support.text.JsonException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Asks the Lambda API once for what it knows about the function, when the first batch is sent, and
/// goes on without it when that fails: tags are not worth a function's logs.
///
/// Not thread-safe.
final class FunctionLookup {
  private static final Duration LIMIT = Duration.ofSeconds(2);

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

  /// What is known, empty unless the user wants it; after the first call without any I/O.
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
      // The other half is for sending the logs themselves.
      Deadline half = deadline.atMost(deadline.remaining().dividedBy(2)).atMost(LIMIT);
      return fetch(half);
    } catch (TimeoutException | SocketTimeoutException _) {
      return without("did not answer in time");
    } catch (JsonException _) {
      return without("gave an answer that is not understood");
    } catch (IOException _) {
      return without("cannot be reached");
    }
  }

  private FunctionDetails fetch(Deadline deadline)
      throws IOException, InterruptedException, TimeoutException, JsonException {
    if (settings.find(AwsSettings.ACCESS_KEY_ID).isEmpty()
        || settings.find(AwsSettings.SECRET_ACCESS_KEY).isEmpty()) {
      return without("needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }
    LookupRequest request = new LookupRequest(prepare(deadline));
    LookupRequest.Answer answer =
        TimeLimiter.run("log-shipper-lookup", request::run, request::cancel, deadline);
    return switch (answer.status()) {
      case HttpURLConnection.HTTP_OK ->
          GetFunctionResponse.read(answer.body(), settings.get(FormatSettings.TAG_PREFIX));
      case HttpURLConnection.HTTP_FORBIDDEN ->
          without("is not allowed (403): the function's role needs that permission");
      default -> without("failed (" + answer.status() + ")");
    };
  }

  private HttpURLConnection prepare(Deadline deadline) throws IOException {
    FunctionIdentity function = context.function();
    URI endpoint = endpoint(function.region());
    String path = "/2015-03-31/functions/" + URLEncoder.encode(function.name(), UTF_8);
    HttpURLConnection connection =
        (HttpURLConnection) endpoint.resolve(path).toURL().openConnection();
    int limitMillis = (int) Math.max(1, deadline.remaining().toMillis());
    connection.setConnectTimeout(limitMillis);
    connection.setReadTimeout(limitMillis);
    connection.setInstanceFollowRedirects(false);
    // A connection kept alive for a second request that never comes would cost a thread.
    connection.setRequestProperty("Connection", "close");
    Map<String, String> headers =
        signer(function.region()).headers(hostOf(endpoint), path, epochMillis.getAsLong());
    headers.forEach(connection::setRequestProperty);
    return connection;
  }

  private SigV4 signer(String region) {
    return new SigV4(
        settings.get(AwsSettings.ACCESS_KEY_ID),
        settings.get(AwsSettings.SECRET_ACCESS_KEY),
        settings.find(AwsSettings.SESSION_TOKEN).orElse(null),
        region,
        "lambda");
  }

  private URI endpoint(String region) {
    return settings
        .find(FormatSettings.LAMBDA_ENDPOINT)
        .or(() -> settings.find(AwsSettings.ENDPOINT))
        .orElseGet(() -> publicEndpoint(region));
  }

  static URI publicEndpoint(String region) {
    String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    return URI.create("https://lambda." + region + "." + domain);
  }

  static String hostOf(URI endpoint) {
    int port = endpoint.getPort();
    boolean own = port < 0 || port == (endpoint.getScheme().equalsIgnoreCase("https") ? 443 : 80);
    return own ? endpoint.getHost() : endpoint.getHost() + ":" + port;
  }

  private FunctionDetails without(String what) {
    Diagnostics diagnostics = context.diagnostics();
    diagnostics.warn(
        "ED_FORWARD_LAMBDA_TAGS: lambda:GetFunction " + what + "; logs are sent without tags");
    return FunctionDetails.NONE;
  }
}
