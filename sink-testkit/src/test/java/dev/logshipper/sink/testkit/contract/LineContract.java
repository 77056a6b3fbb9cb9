package dev.logshipper.sink.testkit.contract;

import dev.logshipper.sink.testkit.SinkContract;
import dev.logshipper.sink.testkit.SinkFixture;
import java.io.IOException;
import java.time.Duration;

/// The contract as [SinkContractTest] runs it, for one sink after another; not a test by itself.
class LineContract extends SinkContract {
  static final Duration GRACE = Duration.ofSeconds(1);
  static final Duration SHORT_DEADLINE = Duration.ofMillis(20);

  /// Creates the fixture of a test.
  interface Fixtures {
    SinkFixture open() throws IOException;
  }

  static Fixtures fixtures = () -> new LineFixture(new LineProvider());

  @Override
  protected SinkFixture newFixture() throws IOException {
    return fixtures.open();
  }

  @Override
  protected Duration grace() {
    return GRACE;
  }

  @Override
  protected Duration shortDeadline() {
    return SHORT_DEADLINE;
  }
}
