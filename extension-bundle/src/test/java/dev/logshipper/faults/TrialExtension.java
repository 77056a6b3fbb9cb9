package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests their [Trials], holds what came of them against the [Fault] that the test stands
/// for, and notes what was measured.
final class TrialExtension
    implements ParameterResolver, BeforeTestExecutionCallback, AfterTestExecutionCallback {
  private final List<Trial> trials = new ArrayList<>();

  void add(Trial trial) {
    trials.add(trial);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Trials.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return (Trials) (BundledSink sink) -> new TrialBuilder(this, sink);
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    trials.clear();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) throws Exception {
    try {
      Optional<Fault> fault = context.getTestMethod().map(test -> test.getAnnotation(Fault.class));
      if (fault.isPresent() && context.getExecutionException().isEmpty()) {
        assertThat(trials).as("trials, without which nothing is proved").isNotEmpty();
        for (Trial trial : trials) {
          verify(fault.get(), trial);
          Measured.note(fault.get(), trial);
        }
      }
    } finally {
      trials.forEach(Trial::close);
    }
  }

  private static void verify(Fault fault, Trial trial) {
    Account account = trial.account();
    assertThat(account.firstArrivals()).as("order at the destination").isSorted();
    fault.lost().verify(account);
    fault.doubled().verify(account);
    assertThat(account.heldMillisMax())
        .as("milliseconds that an invocation was held")
        .isLessThanOrEqualTo(fault.heldMillisMax());
  }
}
