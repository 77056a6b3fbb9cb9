package dev.logshipper.sandbox.environment.platform;

import dev.logshipper.sandbox.environment.telemetry.SubscriptionAnswer;
import dev.logshipper.sandbox.environment.telemetry.SubscriptionService;
import dev.logshipper.sandbox.environment.telemetry.TelemetryApi;
import java.util.Optional;

/// Subscribing to the Telemetry API or the Logs API.
final class SubscriptionApi {

  private final SubscriptionService desk;

  SubscriptionApi(SubscriptionService desk) {
    this.desk = desk;
  }

  /// The API that a request is for, if it is for one.
  Optional<TelemetryApi> apiOf(HttpRequest request) {
    for (TelemetryApi api : TelemetryApi.values()) {
      if (request.is("PUT", api.path()) && desk.offers(api)) {
        return Optional.of(api);
      }
    }
    return Optional.empty();
  }

  HttpResponse handle(HttpRequest request, TelemetryApi api, EnvironmentState state) {
    if (desk.onlyStub()) {
      // The emulators' stub does not even ask who it is.
      return reply(desk.stubAnswer(api));
    }
    RegisteredExtension extension = state.identified(request.header(ExtensionsApi.IDENTIFIER));
    return reply(desk.subscribe(api, extension.name(), request.body()));
  }

  private static HttpResponse reply(SubscriptionAnswer answer) {
    return answer.errorType().isEmpty()
        ? HttpResponse.ok("\"OK\"")
        : HttpResponse.error(answer.status(), answer.errorType(), answer.message());
  }
}
