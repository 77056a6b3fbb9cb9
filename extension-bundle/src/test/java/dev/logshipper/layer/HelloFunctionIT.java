package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logshipper.bundle.demo.HelloFunction;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.function.LogFormat;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A real function under AWS's own runtime client, logging through an ordinary library.
@ExtendWith(SandboxExtension.class)
class HelloFunctionIT {
  private static final Pattern NUMBER = Pattern.compile("seq(?:=|\\W+)(\\d+)");

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void everyLineArrivesInOrder(LogFormat format) throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox = start(destination, format)) {
      for (String payload :
          List.of(
              "{\"action\":\"hello\"}",
              "{\"action\":\"burst\",\"count\":200}",
              "{\"action\":\"error\"}",
              "{\"action\":\"slow\",\"millis\":200}")) {
        assertThat(sandbox.invoke(payload).succeeded()).isTrue();
      }
      sandbox.shutdown("spindown");

      List<Long> numbers =
          ShippedLayer.functionLines(destination).stream()
              .map(NUMBER::matcher)
              .filter(Matcher::find)
              .map(number -> Long.valueOf(number.group(1)))
              .toList();
      assertThat(numbers)
          .hasSizeGreaterThan(200)
          .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
      assertThat(ShippedLayer.functionLines(destination))
          .anyMatch(line -> line.contains("IllegalStateException"));
    }
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void everyCallIsOneRecordWithTheIdOfItsInvocation(LogFormat format) throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox = start(destination, format)) {
      String traced = sandbox.invoke("{\"action\":\"error\"}").requestId();
      String failed = sandbox.invoke("{\"action\":\"fly\"}").requestId();
      String greeted = sandbox.invoke("{}").requestId();
      sandbox.shutdown("spindown");

      List<JsonNode> records =
          ShippedLayer.arrived(destination).stream()
              .filter(each -> each.path("log_type").asText().equals("function"))
              .toList();
      assertThat(records)
          .extracting(each -> each.at("/faas/request_id").asText())
          .containsExactly(traced, failed, greeted, greeted, greeted);
      assertThat(records.get(0).path("message").asText())
          .contains("order rejected", "IllegalStateException", "handleRequest");
      assertThat(records.get(1).path("message").asText())
          .contains("unknown action fly", "IllegalArgumentException", "Hello");
    }
  }

  private static Sandbox start(HttpDestination destination, LogFormat format) throws Exception {
    return ShippedLayer.shippingTo(destination)
        .logFormat(format)
        .function(HelloFunction.command(function()), Map.of())
        .timeoutMillis(10_000)
        .start();
  }

  static Path function() {
    return Path.of(
        System.getProperty("function.directory", "../examples/hello-function/target/function"));
  }
}
