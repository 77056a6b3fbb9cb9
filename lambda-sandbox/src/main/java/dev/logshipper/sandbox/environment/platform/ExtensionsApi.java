package dev.logshipper.sandbox.environment.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Extensions API, version `2020-01-01`: register, next, and the two ways to report an error.
/// Statuses and error types are those of AWS's runtime interface emulator.
final class ExtensionsApi {

  static final String BASE = "/2020-01-01/extension/";
  static final String IDENTIFIER = "lambda-extension-identifier";

  private final FunctionIdentity function;

  ExtensionsApi(FunctionIdentity function) {
    this.function = function;
  }

  @Nullable HttpResponse handle(HttpRequest request, EnvironmentState generation)
      throws InterruptedException {
    if (request.is("POST", BASE + "register")) {
      return register(request, generation);
    }
    if (request.is("GET", BASE + "event/next")) {
      return next(request, generation);
    }
    if (request.is("POST", BASE + "init/error")) {
      return error(request, generation, true);
    }
    if (request.is("POST", BASE + "exit/error")) {
      return error(request, generation, false);
    }
    return HttpResponse.error(404, "NotFound", "No such resource: " + request.path());
  }

  private HttpResponse register(HttpRequest request, EnvironmentState generation) {
    RegisteredExtension extension =
        generation.register(request.header("lambda-extension-name"), request.body());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("functionName", function.name()).put("functionVersion", function.version());
    body.put("handler", function.handler());
    String[] features = request.header("lambda-extension-accept-feature").split(",", -1);
    if (Arrays.stream(features).map(String::strip).anyMatch("accountId"::equals)) {
      body.put("accountId", function.accountId());
    }
    Map<String, String> headers = Map.of("Lambda-Extension-Identifier", extension.id());
    return new HttpResponse(200, headers, body.toString());
  }

  private static @Nullable HttpResponse next(HttpRequest request, EnvironmentState generation)
      throws InterruptedException {
    RegisteredExtension.Event event = generation.nextEvent(request.header(IDENTIFIER));
    if (event == null) {
      return null;
    }
    return event.identifier().isEmpty()
        ? HttpResponse.ok(event.json())
        : new HttpResponse(
            200, Map.of("Lambda-Extension-Event-Identifier", event.identifier()), event.json());
  }

  private static HttpResponse error(
      HttpRequest request, EnvironmentState generation, boolean duringInit) {
    var _ = generation.identified(request.header(IDENTIFIER));
    String errorType = request.header("lambda-extension-function-error-type");
    if (errorType.isEmpty()) {
      throw Rejection.forbidden(
          "Extension.MissingHeader", "Missing Lambda-Extension-Function-Error-Type header");
    }
    generation.extensionError(request.header(IDENTIFIER), errorType, request.body(), duringInit);
    return HttpResponse.accepted();
  }
}
