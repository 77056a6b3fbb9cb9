package dev.logshipper.sink.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.logshipper.sink.SinkProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// A correct sink passes the contract. For a sink that breaks one rule, the tests of that rule fail
/// and no others.
class SinkContractTest {
  /// S2: core reads the limits once.
  private static final int ENFORCED_BY_CORE = 2;

  @TempDir Path jar;

  @Test
  void correctSinkPassesATestForEachRule() throws Exception {
    Run run = run(() -> new LineFixture(new LineProvider()));

    assertThat(run.failed).isEmpty();
    for (int rule = 1; rule <= 16; rule++) {
      if (rule == ENFORCED_BY_CORE) {
        continue;
      }
      String name = (rule < 10 ? "s0" : "s") + rule;
      assertThat(run.passed).anyMatch(test -> test.startsWith(name));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.logshipper.sink.testkit.contract.BrokenRule#all")
  void brokenSinkFailsExactlyTheTestsOfItsRule(BrokenRule broken) throws Exception {
    assertThat(run(broken.fixtures()).failed).containsExactlyInAnyOrderElementsOf(broken.tests());
  }

  @Test
  void lossySinkPassesWithItsTrait() throws Exception {
    assertThat(run(() -> BrokenRule.lossy(BrokenRule.altering(BrokenSinks::trimmingLines))).failed)
        .isEmpty();
  }

  @Test
  void unregisteredProviderFails() throws Exception {
    LineContract.fixtures = () -> new LineFixture(new LineProvider());

    assertThat(new Run().of(LineContract.class).failed)
        .containsExactly("providerIsRegisteredAsAService");
  }

  /// Runs the contract with a jar that registers the provider.
  private Run run(LineContract.Fixtures fixtures) throws IOException {
    LineContract.fixtures = fixtures;
    Path services = Files.createDirectories(jar.resolve("META-INF/services"));
    Files.writeString(services.resolve(SinkProvider.class.getName()), LineProvider.class.getName());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return new Run().of(LineContract.class);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /// The names of the tests of one run, by result.
  private static final class Run implements TestExecutionListener {
    private final Set<String> passed = new TreeSet<>();
    private final Set<String> failed = new TreeSet<>();

    Run of(Class<?> contract) {
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract)).build(),
              this);
      return this;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (!test.isTest()) {
        return;
      }
      String name = test.getLegacyReportingName().replace("()", "");
      boolean succeeded = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
      (succeeded ? passed : failed).add(name);
    }
  }
}
