package dev.logshipper.sandbox.environment.platform;

import dev.logshipper.sandbox.environment.telemetry.SubscriptionResult;
import dev.logshipper.sandbox.environment.telemetry.TelemetryApi;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import java.util.Optional;

/// Subscribing to the Telemetry API or the Logs API.
final class SubscriptionApi {

  private final TelemetryHub hub;

  SubscriptionApi(TelemetryHub hub) {
    this.hub = hub;
  }

  /// The API that a request is for, if any.
  Optional<TelemetryApi> apiOf(HttpRequest request) {
    for (TelemetryApi api : TelemetryApi.values()) {
      if (request.is("PUT", api.path()) && hub.offers(api)) {
        return Optional.of(api);
      }
    }
    return Optional.empty();
  }

  HttpResponse handle(HttpRequest request, TelemetryApi api, EnvironmentState state) {
    if (hub.isStub()) {
      // The emulators' stub does not check the identifier.
      return response(hub.stubResult(api));
    }
    RegisteredExtension extension = state.identified(request.header(ExtensionsApi.IDENTIFIER));
    return response(hub.subscribe(api, extension.name(), request.body()));
  }

  private static HttpResponse response(SubscriptionResult result) {
    return result.errorType().isEmpty()
        ? HttpResponse.ok("\"OK\"")
        : HttpResponse.error(result.status(), result.errorType(), result.message());
  }
}
