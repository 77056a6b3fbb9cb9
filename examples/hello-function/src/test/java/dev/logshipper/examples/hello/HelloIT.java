package dev.logshipper.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built folder under AWS's runtime client: responses and log, line by line.
class HelloIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ";

  @TempDir private Path folder;
  private FakeRuntimeApi api;

  @BeforeEach
  void startApi() throws IOException {
    api = new FakeRuntimeApi();
  }

  @AfterEach
  void stopApi() {
    api.close();
  }

  @Test
  void textLinesAreNumberedAcrossInvocations() throws Exception {
    try (FunctionProcess function = FunctionProcess.start(folder, environment("Text"))) {
      assertThat(api.invoke("{}")).isEqualTo(response(1, "{\"message\":\"Hello\",\"lastSeq\":3}"));
      assertThat(api.invoke("{\"action\":\"burst\",\"count\":2}"))
          .isEqualTo(response(2, "{\"message\":\"2 lines\",\"lastSeq\":5}"));
      assertThat(api.invoke("{\"action\":\"slow\",\"millis\":50}"))
          .isEqualTo(response(3, "{\"message\":\"slept\",\"lastSeq\":7}"));

      assertThat(function.lines())
          .zipSatisfy(
              List.of(
                  "request-1 INFO  Hello - seq=1 invoked as hello-function",
                  "request-1 INFO  Hello - seq=2 \\d+ ms remaining",
                  "request-1 INFO  Hello - seq=3 Grüße aus Lambda",
                  "request-2 INFO  Hello - seq=4 burst line 1 of 2",
                  "request-2 INFO  Hello - seq=5 burst line 2 of 2",
                  "request-3 INFO  Hello - seq=6 before 50 ms",
                  "request-3 INFO  Hello - seq=7 after 50 ms"),
              (line, expected) -> assertThat(line).matches(TIME + expected));
    }
  }

  @Test
  void textStackTraceIsManyLines() throws Exception {
    try (FunctionProcess function = FunctionProcess.start(folder, environment("Text"))) {
      assertThat(api.invoke("{\"action\":\"error\"}").body()).contains("handled");

      assertThat(function.lines().get(0)).endsWith("request-1 ERROR Hello - seq=1 order rejected");
      assertThat(function.lines())
          .contains(
              "java.lang.IllegalStateException: the order has no items",
              "Caused by: java.lang.NumberFormatException: items");
    }
  }

  @Test
  void jsonLinesAreObjectsNumberedInOrder() throws Exception {
    try (FunctionProcess function = FunctionProcess.start(folder, environment("JSON"))) {
      api.invoke("{\"action\":\"burst\",\"count\":1000}");

      List<JsonNode> lines = json(function.lines());
      assertThat(lines).hasSize(1000);
      for (int line = 1; line <= 1000; line++) {
        JsonNode object = lines.get(line - 1);
        assertThat(object.path("seq").asInt()).isEqualTo(line);
        assertThat(object.path("message").asText()).isEqualTo("burst line " + line + " of 1000");
        assertThat(object.path("level").asText()).isEqualTo("INFO");
        assertThat(object.path("AWSRequestId").asText()).isEqualTo("request-1");
      }
    }
  }

  @Test
  void jsonStackTraceIsPartOfItsLine() throws Exception {
    try (FunctionProcess function = FunctionProcess.start(folder, environment("JSON"))) {
      api.invoke("{\"action\":\"error\"}");

      List<JsonNode> lines = json(function.lines());
      assertThat(lines).hasSize(1);
      assertThat(lines.getFirst().path("errorType").asText())
          .isEqualTo("java.lang.IllegalStateException");
      assertThat(lines.getFirst().path("stackTrace").size()).isPositive();
    }
  }

  @Test
  void unknownActionFailsTheInvocationOnly() throws Exception {
    try (FunctionProcess function = FunctionProcess.start(folder, environment("Text"))) {
      FakeRuntimeApi.Response failure = api.invoke("{\"action\":\"fly\"}");
      assertThat(failure.path()).isEqualTo("invocation/request-1/error");
      assertThat(failure.body()).contains("unknown action fly");

      assertThat(api.invoke("{}").path()).isEqualTo("invocation/request-2/response");
      assertThat(function.lines())
          .contains("java.lang.IllegalArgumentException: unknown action fly");
    }
  }

  @Test
  void framedStackTraceIsOneEvent() throws Exception {
    try (FunctionProcess function = FunctionProcess.startWithFrames(folder, environment("Text"))) {
      api.invoke("{\"action\":\"error\"}");

      List<LogFrame> frames = LogFrame.parse(function.frames());
      assertThat(frames).hasSize(1);
      assertThat(frames.getFirst().type()).isEqualTo(LogFrame.TEXT_ERROR);
      assertThat(frames.getFirst().message())
          .contains(
              "seq=1 order rejected\n", "Caused by: java.lang.NumberFormatException: items\n");
      assertThat(function.lines()).isEmpty();
    }
  }

  private Map<String, String> environment(String logFormat) {
    return Map.of(
        "AWS_LAMBDA_RUNTIME_API",
        api.address(),
        "AWS_LAMBDA_FUNCTION_NAME",
        "hello-function",
        "AWS_LAMBDA_LOG_FORMAT",
        logFormat);
  }

  private static FakeRuntimeApi.Response response(int invocation, String body) {
    return new FakeRuntimeApi.Response("invocation/request-" + invocation + "/response", body);
  }

  private static List<JsonNode> json(List<String> lines) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : lines) {
      objects.add(JSON.readTree(line));
    }
    return objects;
  }
}
