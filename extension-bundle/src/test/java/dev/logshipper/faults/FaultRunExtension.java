package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.bundle.Emulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Provides tests with [FaultRuns], checks the runs against the test's [Fault], and records the
/// measurements.
final class FaultRunExtension
    implements ParameterResolver, BeforeTestExecutionCallback, AfterTestExecutionCallback {
  private final List<FaultRun> runs = new ArrayList<>();

  void add(FaultRun run) {
    runs.add(run);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FaultRuns.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return (FaultRuns) (BundledSink sink) -> new FaultRunBuilder(this, sink);
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    runs.clear();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) throws Exception {
    try {
      Optional<Fault> fault = context.getTestMethod().map(test -> test.getAnnotation(Fault.class));
      if (fault.isPresent() && context.getExecutionException().isEmpty()) {
        assertThat(runs).as("runs, without which nothing is proved").isNotEmpty();
        for (FaultRun run : runs) {
          verify(fault.get(), run);
          Measured.note(fault.get(), run);
        }
      }
    } finally {
      runs.forEach(FaultRun::close);
    }
  }

  private static void verify(Fault fault, FaultRun run) {
    Deliveries deliveries = run.deliveries();
    if (fault.ordered()) {
      assertThat(deliveries.firstArrivals()).as("order at the destination").isSorted();
    }
    fault.lost().verify(deliveries);
    fault.doubled().verify(deliveries);
    assertThat(deliveries.heldMillisMax())
        .as("milliseconds that an invocation was held")
        .isLessThanOrEqualTo((double) Emulation.limit(fault.heldMillisMax()));
  }
}
