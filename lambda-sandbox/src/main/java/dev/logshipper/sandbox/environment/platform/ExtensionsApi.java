package dev.logshipper.sandbox.environment.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Extensions API, version `2020-01-01`: register, next, and two error reports. Statuses and
/// error types are those of AWS's runtime interface emulator.
final class ExtensionsApi {

  static final String BASE = "/2020-01-01/extension/";
  static final String IDENTIFIER = "lambda-extension-identifier";

  private final FunctionIdentity function;

  ExtensionsApi(FunctionIdentity function) {
    this.function = function;
  }

  @Nullable HttpResponse handle(HttpRequest request, EnvironmentState state)
      throws InterruptedException {
    if (request.is("POST", BASE + "register")) {
      return register(request, state);
    }
    if (request.is("GET", BASE + "event/next")) {
      return next(request, state);
    }
    if (request.is("POST", BASE + "init/error")) {
      return error(request, state, true);
    }
    if (request.is("POST", BASE + "exit/error")) {
      return error(request, state, false);
    }
    return HttpResponse.error(404, "NotFound", "No such resource: " + request.path());
  }

  private HttpResponse register(HttpRequest request, EnvironmentState state) {
    RegisteredExtension extension =
        state.register(request.header("lambda-extension-name"), request.body());
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

  private static @Nullable HttpResponse next(HttpRequest request, EnvironmentState state)
      throws InterruptedException {
    RegisteredExtension.Event event = state.nextEvent(request.header(IDENTIFIER));
    if (event == null) {
      return null;
    }
    return event.identifier().isEmpty()
        ? HttpResponse.ok(event.json())
        : new HttpResponse(
            200, Map.of("Lambda-Extension-Event-Identifier", event.identifier()), event.json());
  }

  private static HttpResponse error(
      HttpRequest request, EnvironmentState state, boolean duringInit) {
    var _ = state.identified(request.header(IDENTIFIER));
    String errorType = request.header("lambda-extension-function-error-type");
    if (errorType.isEmpty()) {
      throw Rejection.forbidden(
          "Extension.MissingHeader", "Missing Lambda-Extension-Function-Error-Type header");
    }
    state.extensionError(request.header(IDENTIFIER), errorType, request.body(), duringInit);
    return HttpResponse.accepted();
  }
}
