package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

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
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .logFormat(format)
                .function(HelloFunction.command(function()), Map.of())
                .timeoutMillis(10_000)
                .start()) {
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

  private static Path function() {
    return Path.of(
        System.getProperty("function.directory", "../examples/hello-function/target/function"));
  }
}
