package dev.logshipper.client.aws;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.support.AwsSettings;
import dev.logshipper.sink.support.TimeLimiter;
import dev.logshipper.tls.LazyTrustManager;
import java.io.IOException;
import java.net.URI;
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

/// How a sink reaches one service of AWS: where it is, as whom, over which connection, and what a
/// failure means. Building one does no I/O and loads little; [#prepare] and [#call] belong into a
/// send.
///
/// Not thread-safe, but for what it lends to the SDK: the sends of a sink never overlap.
public final class AwsAccess implements AutoCloseable {
  private final String service;
  private final String region;
  private final @Nullable URI endpoint;
  private final RoleCredentials credentials;
  private final SocketHttpClient http;

  private AwsAccess(
      String service,
      String region,
      @Nullable URI endpoint,
      RoleCredentials credentials,
      SocketHttpClient http) {
    this.service = service;
    this.region = region;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.http = http;
  }

  /// What a sink declares besides its own variables, the endpoint of its service among them.
  public static List<Setting<?>> settings() {
    return List.of(
        AwsSettings.ENDPOINT,
        AwsSettings.ACCESS_KEY_ID,
        AwsSettings.SECRET_ACCESS_KEY,
        AwsSettings.SESSION_TOKEN,
        AwsSettings.CREDENTIALS_URI,
        AwsSettings.CREDENTIALS_TOKEN);
  }

  /// Access as the variables say.
  ///
  /// @param service as in the name of its public endpoint, such as `s3`
  /// @param region such as `eu-west-1`
  /// @param ofService the variable that names its endpoint, which goes before that for all services
  /// @param settings holding that and those of [#settings]
  /// @throws IllegalArgumentException when there are no credentials or no region
  public static AwsAccess of(
      String service, String region, Setting<URI> ofService, Settings settings) {
    return of(
        service,
        region,
        ofService,
        settings,
        LazyTrustManager.ofJvm(List.of())::socketFactory,
        System::currentTimeMillis);
  }

  static AwsAccess of(
      String service,
      String region,
      Setting<URI> ofService,
      Settings settings,
      Supplier<SSLSocketFactory> tls,
      LongSupplier epochMillis) {
    if (region.isEmpty()) {
      throw new IllegalArgumentException("no region: expected AWS_REGION, as Lambda sets it");
    }
    SocketHttpClient http = new SocketHttpClient(tls, epochMillis);
    URI endpoint =
        settings.find(ofService).or(() -> settings.find(AwsSettings.ENDPOINT)).orElse(null);
    return new AwsAccess(
        service, region, endpoint, RoleCredentials.of(settings, http, epochMillis), http);
  }

  /// The same in another region, by the same connection and credentials.
  public AwsAccess in(String otherRegion) {
    return new AwsAccess(service, otherRegion, endpoint, credentials, http);
  }

  /// The region that requests are signed for.
  public String region() {
    return region;
  }

  /// The URL that a variable names for the service, if one does.
  public Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  /// Sets what a client of the SDK must not find out by itself: it would read files, retry, or look
  /// for an HTTP client. What it does look up, once, is the region in a generated table (67 ms of
  /// CPU); its builder does so whatever it is given.
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B prepare(B builder) {
    builder
        .httpClient(http)
        .credentialsProvider(credentials)
        .region(Region.of(region))
        .dualstackEnabled(false)
        .fipsEnabled(false)
        .defaultsMode(DefaultsMode.STANDARD)
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .defaultProfileFile(ProfileFile.aggregator().build())
                .defaultProfileName("none")
                .build());
    return endpoint == null ? builder : builder.endpointOverride(endpoint);
  }

  /// Makes one call of a client prepared by [#prepare], and ends it at the deadline or an
  /// interrupt: its socket is closed under it, whatever it waits for.
  ///
  /// @throws SdkException when it failed
  /// @throws TimeoutException when there was no answer in time; its message says what was being
  ///   done, for [#verdict(TimeoutException)]
  /// @throws InterruptedException when interrupted; the outcome is unknown
  public <T> T call(Supplier<T> call, Deadline deadline)
      throws InterruptedException, TimeoutException {
    return call(call, http.begin(), deadline);
  }

  /// Does all of a call but the sending, up to a connection, which is kept for the next one.
  ///
  /// @param deadline by which it has returned
  public void warmUp(Supplier<?> call, Deadline deadline) throws InterruptedException {
    try {
      Object _ = call(call, http.beginWarmUp(), deadline);
    } catch (SdkException | TimeoutException _) {
      // It ends with one.
    }
  }

  private <T> T call(Supplier<? extends T> call, Attempt attempt, Deadline deadline)
      throws InterruptedException, TimeoutException {
    try {
      return TimeLimiter.run("log-shipper-" + service, call::get, attempt::cancel, deadline);
    } catch (TimeoutException _) {
      throw new TimeoutException(attempt.phase());
    } catch (IOException failure) {
      throw SdkClientException.create("unexpected", failure);
    }
  }

  /// What a failed [#call] means for the batch.
  ///
  /// @param permission what the role needs for it, such as `s3:PutObject on bucket logs`
  public SendResult verdict(SdkException failure, String permission) {
    AwsVerdict verdict = new AwsVerdict(toString());
    if (failure instanceof AwsServiceException answer) {
      return verdict.of(answer, permission, credentials::forget);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        return verdict.of(io);
      }
    }
    return new SendResult.Rejected(
        this + ": the AWS SDK takes one of the sink's variables for wrong and sends nothing");
  }

  /// What a [#call] that did not end in time means for the batch.
  public SendResult verdict(TimeoutException late) {
    return new AwsVerdict(toString()).of(late);
  }

  /// AWS's code for what went wrong; empty when it gave none.
  public static String code(AwsServiceException failure) {
    return AwsVerdict.code(failure);
  }

  /// Gives up the connection.
  @Override
  public void close() {
    http.close();
  }

  /// Which service where, as messages call it.
  @Override
  public String toString() {
    if (endpoint == null) {
      return service + " in " + region;
    }
    int port = endpoint.getPort();
    return endpoint.getScheme() + "://" + endpoint.getHost() + (port < 0 ? "" : ":" + port);
  }
}
