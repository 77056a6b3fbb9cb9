package dev.logshipper.sandbox.environment.platform;

import dev.logshipper.sandbox.environment.telemetry.TelemetryApi;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The server at `AWS_LAMBDA_RUNTIME_API`: one address for all environments of a sandbox.
public final class PlatformServer implements AutoCloseable {

  private final ExtensionsApi extensionsApi;
  private final RuntimeApi runtimeApi;
  private final SubscriptionApi subscriptionApi;
  private final InstantSource clock;
  private final ApiServer listener;
  private volatile @Nullable EnvironmentState state;

  /// Opens it on a free port of the loopback interface.
  ///
  /// @param clock the time of day by which credentials expire
  public PlatformServer(FunctionIdentity function, TelemetryHub hub, InstantSource clock) {
    this.clock = clock;
    this.extensionsApi = new ExtensionsApi(function);
    this.runtimeApi = new RuntimeApi(function);
    this.subscriptionApi = new SubscriptionApi(hub);
    this.listener = new ApiServer(this::handle);
  }

  /// The value of `AWS_LAMBDA_RUNTIME_API`.
  public String address() {
    return "127.0.0.1:" + listener.port();
  }

  /// From now on requests go to this environment.
  public void serve(EnvironmentState current) {
    state = current;
  }

  /// Closes the address and all connections.
  @Override
  public void close() {
    listener.close();
  }

  private @Nullable HttpResponse handle(HttpRequest request) throws InterruptedException {
    EnvironmentState current = state;
    if (current == null) {
      return HttpResponse.error(500, "Platform.NotReady", "The environment has not started");
    }
    try {
      return route(request, current);
    } catch (Rejection rejection) {
      return rejection.response();
    }
  }

  private @Nullable HttpResponse route(HttpRequest request, EnvironmentState current)
      throws InterruptedException {
    if (request.path().startsWith(ExtensionsApi.BASE)) {
      return extensionsApi.handle(request, current);
    }
    if (request.path().startsWith(RuntimeApi.BASE)) {
      return runtimeApi.handle(request, current);
    }
    if (request.is("GET", RoleCredentials.PATH)) {
      return RoleCredentials.handle(request, clock);
    }
    Optional<TelemetryApi> api = subscriptionApi.apiOf(request);
    return api.isPresent()
        ? subscriptionApi.handle(request, api.get(), current)
        : HttpResponse.error(404, "NotFound", "No such resource: " + request.path());
  }
}
