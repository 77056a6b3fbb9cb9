package dev.logshipper.faults;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;

/// Responses that echo the whole request, credentials included, in every free-text field of the
/// service.
///
/// @param lines of the function, because a body may be compressed
record Echo(BundledSink sink, String lines) {

  /// A response with that status.
  ScriptedResponse status(int status) {
    return ScriptedResponse.computed(request -> {
      String token = token(request);
      String all = request.path() + " " + request.headers() + " " + lines;
      return ScriptedResponse.status(status)
          .header("Location", "http://" + token + "/")
          .header("Retry-After", token)
          .header("X-Amz-Bucket-Region", token)
          .header("X-Amz-Request-Id", token)
          .header("X-Echo", all)
          .body(body(token, all));
    });
  }

  private String body(String token, String all) {
    return switch (sink.mode()) {
      case "s3" ->
          "<Error><Code>%s</Code><Message>%s</Message><RequestId>%s</RequestId></Error>"
              .formatted(token, all.replace("&", "&amp;").replace("<", "&lt;"), token);
      case "kinesis" ->
          "{\"__type\":\"%s\",\"message\":\"%s\"}"
              .formatted(token, all.replace("\\", "\\\\").replace("\"", "\\\""));
      default -> "entry with timestamp too old, total ignored: 1 out of 9 " + all;
    };
  }

  private static String token(ReceivedRequest request) {
    return request
        .header("X-Amz-Security-Token")
        .or(() -> request.header("X-Api-Key"))
        .or(() -> request.header("Authorization"))
        .orElse("none")
        .replace("Bearer ", "");
  }
}
