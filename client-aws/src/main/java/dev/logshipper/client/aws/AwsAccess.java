package dev.logshipper.client.aws;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.support.AwsSettings;
import dev.logshipper.sink.support.Http1Call;
import dev.logshipper.sink.support.Http1Request;
import dev.logshipper.sink.support.Proxies;
import dev.logshipper.sink.support.ProxySettings;
import dev.logshipper.sink.support.TimeLimiter;
import dev.logshipper.tls.LazyTrustManager;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/// A sink's access to one service of AWS: endpoint, credentials, connection, and the meaning of
/// failures. Creating one does no I/O and loads little; [#prepare] and [#call] belong into a send.
///
/// Not thread-safe, except for the parts that the SDK uses: the sends of a sink never overlap.
public final class AwsAccess implements AutoCloseable {
  static final Setting<URI> STS_ENDPOINT =
      Setting.optional(
              "AWS_ENDPOINT_URL_STS",
              Parsers.httpUrl(),
              "Endpoint of STS, for a role to assume; by default the public one of the region")
          .secret();

  private final String service;
  private final String region;
  private final ServiceEndpoint endpoint;
  private final SinkCredentials credentials;
  private final SdkHttp1Client http;
  private final Settings settings;
  private final LongSupplier epochMillis;

  private AwsAccess(
      String service,
      String region,
      ServiceEndpoint endpoint,
      SinkCredentials credentials,
      SdkHttp1Client http,
      Settings settings,
      LongSupplier epochMillis) {
    this.service = service;
    this.region = region;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.http = http;
    this.settings = settings;
    this.epochMillis = epochMillis;
  }

  /// The variables that a sink declares in addition to its own, to the endpoint of its service and
  /// to [IdentitySettings].
  public static List<Setting<?>> settings() {
    return List.of(
        STS_ENDPOINT,
        AwsSettings.ENDPOINT,
        AwsSettings.USE_FIPS,
        AwsSettings.USE_DUAL_STACK,
        AwsSettings.CA_BUNDLE,
        AwsSettings.ACCESS_KEY_ID,
        AwsSettings.SECRET_ACCESS_KEY,
        AwsSettings.SESSION_TOKEN,
        AwsSettings.CREDENTIALS_URI,
        AwsSettings.CREDENTIALS_TOKEN);
  }

  /// Access as configured by the variables.
  ///
  /// @param service as in the name of its public endpoint, such as `s3`
  /// @param region such as `eu-west-1`
  /// @param ofService the variable with its endpoint; takes precedence over the one for all
  ///   services
  /// @param identity the variables for another identity than the function's role
  /// @param proxy the variables for a proxy
  /// @param context with these variables and those of [#settings]
  /// @throws IllegalArgumentException when there are no credentials or no region
  public static AwsAccess of(
      String service,
      String region,
      Setting<URI> ofService,
      IdentitySettings identity,
      ProxySettings proxy,
      SinkContext context) {
    List<X509Certificate> authorities =
        AwsSettings.caCertificates(context.settings(), context.diagnostics());
    return of(
        service,
        region,
        ofService,
        identity,
        proxy,
        context,
        LazyTrustManager.ofJvm(authorities)::socketFactory,
        System::currentTimeMillis);
  }

  static AwsAccess of(
      String service,
      String region,
      Setting<URI> ofService,
      IdentitySettings identity,
      ProxySettings proxy,
      SinkContext context,
      Supplier<SSLSocketFactory> tls,
      LongSupplier epochMillis) {
    if (region.isEmpty()) {
      throw new IllegalArgumentException("no region: expected AWS_REGION, as Lambda sets it");
    }
    Settings settings = context.settings();
    SdkHttp1Client http =
        new SdkHttp1Client(tls, epochMillis, proxies(proxy, settings), context.diagnostics());
    return new AwsAccess(
        service,
        region,
        ServiceEndpoint.of(ofService, settings),
        SinkCredentials.of(identity, context, http, epochMillis),
        http,
        settings,
        epochMillis);
  }

  /// Lambda's own endpoint for credentials is never behind a proxy.
  private static @Nullable Proxies proxies(ProxySettings proxy, Settings settings) {
    Proxies proxies = proxy.proxies(settings);
    URI local = settings.find(AwsSettings.CREDENTIALS_URI).orElse(null);
    return proxies == null || local == null
        ? proxies
        : proxies.except(Http1Request.Origin.of(local));
  }

  /// The same service in another region, over the same connection and with the same credentials.
  public AwsAccess in(String otherRegion) {
    return new AwsAccess(service, otherRegion, endpoint, credentials, http, settings, epochMillis);
  }

  /// The region that requests are signed for.
  public String region() {
    return region;
  }

  /// The endpoint set by a variable, if any.
  public Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint.url());
  }

  /// Configures a client of the SDK so that it does not read files, retry, or search for an HTTP
  /// client. It still looks up the region in a generated table, once (67 ms of CPU); no setting of
  /// its builder avoids that.
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B prepare(B builder) {
    ClientOverrideConfiguration.Builder overrides =
        ClientOverrideConfiguration.builder()
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            .defaultProfileFile(ProfileFile.aggregator().build())
            .defaultProfileName("none");
    URI url = endpoint.url();
    if (url != null) {
      EndpointAlias alias = EndpointAlias.of(url);
      builder.endpointOverride(alias.url());
      if (alias.isNeeded()) {
        overrides.addExecutionInterceptor(alias);
      }
    }
    return builder
        .httpClient(http)
        .credentialsProvider(credentials)
        .region(Region.of(region))
        .dualstackEnabled(endpoint.isOfKind(AwsSettings.USE_DUAL_STACK, settings))
        .fipsEnabled(endpoint.isOfKind(AwsSettings.USE_FIPS, settings))
        .defaultsMode(DefaultsMode.STANDARD)
        .overrideConfiguration(overrides.build());
  }

  /// Makes one call of a client prepared by [#prepare]. At the deadline or an interrupt, its socket
  /// is closed, which ends the call in any state.
  ///
  /// @throws SdkException when it failed
  /// @throws TimeoutException when there was no response in time; the message names phase and peer
  /// @throws InterruptedException when interrupted; the outcome is unknown
  public <T> T call(Supplier<T> call, Deadline deadline)
      throws InterruptedException, TimeoutException {
    return call(call, http.begin(), deadline);
  }

  /// Does everything for a call except sending: the connection is kept for the next one.
  public void warmUp(Supplier<?> call, Deadline deadline) throws InterruptedException {
    try {
      Object _ = call(call, http.beginWarmUp(), deadline);
    } catch (SdkException | TimeoutException _) {
      // Expected: nothing is sent.
    }
  }

  private <T> T call(Supplier<? extends T> call, Http1Call attempt, Deadline deadline)
      throws InterruptedException, TimeoutException {
    try {
      return TimeLimiter.run(
          "log-shipper-" + service, call::get, attempt::requestsEnded, attempt::cancel, deadline);
    } catch (TimeoutException _) {
      throw new TimeoutException(attempt.phase(peer()));
    } catch (IOException failure) {
      throw SdkClientException.create("unexpected", failure);
    }
  }

  /// The result for the batch after a failed [#call].
  ///
  /// @param permission required by the call, such as `s3:PutObject on bucket logs`
  public SendResult classify(SdkException failure, String permission) {
    AwsErrorClassifier classifier = classifier();
    if (failure instanceof AwsServiceException response) {
      return classifier.of(response, permission, credentials::forget);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        return classifier.of(io);
      }
    }
    return SendResult.rejectedByEndpoint(
        this + ": the AWS SDK rejected one of the sink's settings and sent nothing");
  }

  /// The result for the batch after a [#call] that timed out.
  public SendResult classify(TimeoutException late) {
    String phase = late.getMessage();
    return SendResult.retry("timed out " + (phase == null ? "before sending to " + this : phase));
  }

  /// The server of the current request: credentials may have to be requested first.
  private String peer() {
    String pending = credentials.pending();
    return pending == null
        ? toString()
        : pending + " for credentials of " + credentials.principal().name();
  }

  private AwsErrorClassifier classifier() {
    return new AwsErrorClassifier(
        toString(), credentials.principal(), endpoint.variables(), epochMillis.getAsLong());
  }

  /// The body of the last error response, which may quote the request: to be searched, not shown.
  public String errorBody() {
    return http.errorBody();
  }

  /// AWS's error code; empty when there is none.
  public static String code(AwsServiceException failure) {
    return AwsErrorClassifier.code(failure);
  }

  /// Closes the connection.
  @Override
  public void close() {
    http.close();
  }

  /// The service and its region or endpoint, for messages.
  @Override
  public String toString() {
    return endpoint.name(service, region, settings);
  }
}
