package dev.logshipper.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.platform.PlatformException;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.testkit.FakePlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The lifecycle's state: what a successor, and the end of the platform, find.
@Timeout(30)
class LifecycleStateTest {
  private static final long LONG = 60_000;

  @Test
  void whoTakesTheDeadOnesPlaceDoesNotAskAgain() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      String registered = FakePlatform.response(200, "{}", "Lambda-Extension-Identifier: id-1");
      String shutdown = FakePlatform.response(200, "{\"eventType\":\"SHUTDOWN\"}");
      extension.platform.raw(registered + shutdown);
      extension.begin(FlushMode.AUTO, true);
      assertThat(extension.ledger().received()).isZero();
      assertThat(extension.platform.nextRequest()).startsWith("POST ");
      assertThat(extension.platform.hasNoMoreRequests()).isTrue();
    }
  }

  @Test
  void theFunctionsArnIsLearnedFromItsInvocations() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.start(FlushMode.BACKGROUND).platform.invoke("r-1", LONG);
      extension.awaitNext();
      assertThat(extension.arns)
          .containsExactly("arn:aws:lambda:eu-west-1:123456789012:function:hello:live");
    }
  }

  @Test
  void theSlateShowsEachPhase() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.start(FlushMode.BACKGROUND).platform.invoke("r-1", LONG);
      extension.awaitNext();
      extension.platform.shutdown();
      extension.ledger();
      assertThat(extension.statePipe.history())
          .containsExactly(
              "4321 subscribed waiting\n",
              "4321 subscribed waiting\n4321 subscribed invoked\n",
              "4321 subscribed invoked\n",
              "4321 subscribed invoked\n4321 subscribed waiting\n",
              "4321 subscribed waiting\n",
              "4321 subscribed waiting\n4321 subscribed invoked\n",
              "4321 subscribed invoked\n",
              "4321 subscribed invoked\n4321 subscribed shutdown\n",
              "4321 subscribed shutdown\n",
              "4321 subscribed shutdown\n4321 subscribed shutdown\n",
              "4321 subscribed shutdown\n");
    }
  }

  @Test
  void aPlatformThatGivesNoMoreEventsIsTheEnd() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.start(FlushMode.AUTO).platform.json(403, "{}");
      assertThat(extension.failure()).isInstanceOf(PlatformException.class);
    }
  }
}
