package dev.logshipper.sandbox.environment.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Runtime API, version `2018-06-01`.
final class RuntimeApi {

  static final String BASE = "/2018-06-01/runtime/";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final FunctionIdentity function;

  RuntimeApi(FunctionIdentity function) {
    this.function = function;
  }

  @Nullable HttpResponse handle(HttpRequest request, EnvironmentState state)
      throws InterruptedException {
    if (request.is("GET", BASE + "invocation/next")) {
      InvocationTask task = state.nextInvocation();
      return task == null ? null : invocation(task);
    }
    if (request.is("GET", BASE + "restore/next")) {
      return state.awaitRestore() ? HttpResponse.ok("{}") : null;
    }
    if (request.is("POST", BASE + "restore/error")) {
      state.fail("Runtime.RestoreError", errorType(request) + " " + request.body());
      return HttpResponse.accepted();
    }
    if (request.is("POST", BASE + "init/error")) {
      state.fail("Runtime.InitError", errorType(request) + " " + request.body());
      return HttpResponse.accepted();
    }
    String[] parts = request.path().substring(BASE.length()).split("/", -1);
    if (request.method().equals("POST") && parts.length == 3 && parts[0].equals("invocation")) {
      return switch (parts[2]) {
        case "response" -> responded(state, parts[1], request, null);
        case "error" -> responded(state, parts[1], request, errorType(request));
        default -> notFound(request);
      };
    }
    return notFound(request);
  }

  private static HttpResponse responded(
      EnvironmentState state, String requestId, HttpRequest request, @Nullable String errorType) {
    String invocationId = request.header("lambda-runtime-invocation-id");
    return state.respond(requestId, invocationId, request.body(), errorType)
        ? HttpResponse.accepted()
        : HttpResponse.error(400, "InvalidRequestID", "Invalid request ID");
  }

  private HttpResponse invocation(InvocationTask task) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Lambda-Runtime-Aws-Request-Id", task.requestId());
    headers.put("Lambda-Runtime-Invocation-Id", task.invocationId());
    headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(task.deadlineEpochMillis()));
    headers.put("Lambda-Runtime-Invoked-Function-Arn", function.arn());
    headers.put("Lambda-Runtime-Trace-Id", task.traceHeader());
    if (!function.tenantId().isEmpty()) {
      headers.put("Lambda-Runtime-Aws-Tenant-Id", function.tenantId());
    }
    return new HttpResponse(200, headers, task.payload());
  }

  /// As the runtime names it in the header, or else in the body.
  private static String errorType(HttpRequest request) {
    String type = request.header("lambda-runtime-function-error-type");
    if (!type.isEmpty() && !type.equals("Unhandled")) {
      return type;
    }
    String inBody = errorTypeIn(request.body());
    if (!inBody.isEmpty()) {
      return inBody;
    }
    return type.isEmpty() ? "Runtime.Unknown" : type;
  }

  private static String errorTypeIn(String body) {
    try {
      return JSON.readTree(body).path("errorType").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static HttpResponse notFound(HttpRequest request) {
    return HttpResponse.error(404, "NotFound", "No such resource: " + request.path());
  }
}
