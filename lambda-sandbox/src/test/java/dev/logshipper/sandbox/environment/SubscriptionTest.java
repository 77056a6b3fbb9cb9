package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SubscriptionTest extends SubscribedTestBase {

  SubscriptionTest() throws IOException {}

  @Test
  void schemasCanBeRejected() throws Exception {
    try (Sandbox sandbox =
        subscribed().telemetry(TelemetryBehaviour.standard().rejecting("2022-12-13")).start()) {
      assertThat(sandbox.extensionOutput()).contains("subscribed 400");
    }
  }

  @Test
  void stubReturns202AndDeliversNothing() throws Exception {
    try (Sandbox sandbox =
        subscribed().telemetry(TelemetryBehaviour.standard().stub202()).freeze(false).start()) {
      assertThat(sandbox.extensionOutput()).contains("subscribed 202");
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      assertThat(sandbox.timeline().entries("delivery")).isEmpty();
    }
  }

  @Test
  void timelineHasTheAddressOfASubscriber() throws Exception {
    try (Sandbox sandbox = subscribed().start()) {
      assertThat(sandbox.timeline().entries("telemetry.subscribed"))
          .singleElement()
          .extracting(entry -> entry.details().get("destination"))
          .asString()
          .endsWith(":" + receiver.port() + "/logs");
    }
  }

  @Test
  void telemetryApiCanBeAbsent() throws Exception {
    try (Sandbox sandbox =
        subscribed().telemetry(TelemetryBehaviour.standard().logsOnly()).start()) {
      assertThat(sandbox.extensionOutput()).contains("subscribed 404");
    }
  }

  @Test
  void logsApiUsesPutOnRequest() throws Exception {
    String body =
        """
        {"schemaVersion":"2021-03-18","types":["platform","function"],"buffering":{"timeoutMs":25},\
        "destination":{"protocol":"HTTP","URI":"http://sandbox:%d","method":"PUT"}}\
        """
            .formatted(receiver.port());
    Path _ =
        new BashExtension(folder)
            .write(
                "subscriber",
                "register '\"INVOKE\",\"SHUTDOWN\"'\ncall PUT /2020-08-15/logs '"
                    + body
                    + "'\nsubscribe 1\necho \"second $status\"\nloop\n");
    try (Sandbox sandbox = subscribed().freeze(false).start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      receiver.await(each -> !each.events("platform.end").isEmpty());

      assertThat(receiver.deliveries().getFirst().method()).isEqualTo("PUT");
      assertThat(receiver.events("platform.logsSubscription")).hasSize(1);
      assertThat(sandbox.extensionOutput()).contains("second 400");
    }
  }

  @Test
  void secondSubscriptionDoesNotDeliverTwice() throws Exception {
    Path _ =
        new BashExtension(folder)
            .write(
                "subscriber",
                "register '\"SHUTDOWN\"'\nsubscribe PORT\nsubscribe PORT\necho \"again $status\"\nloop\n"
                    .replace("PORT", Integer.toString(receiver.port())));
    try (Sandbox sandbox = subscribed().freeze(false).start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      assertThat(sandbox.deliverNow(5_000)).isTrue();

      assertThat(sandbox.extensionOutput()).contains("again 200");
      assertThat(receiver.events("function")).hasSize(1);
    }
  }

  @Test
  void subscriptionAfterInitIsRejected() throws Exception {
    Path _ =
        new BashExtension(folder)
            .write(
                "subscriber",
                "register '\"INVOKE\",\"SHUTDOWN\"'\nnext\nsubscribe 1\necho \"late $status $body\"\nloop\n");
    try (Sandbox sandbox = subscribed().start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();

      assertThat(sandbox.extensionOutput())
          .anyMatch(line -> line.startsWith("late 403") && line.contains("SubscriptionClosed"));
    }
  }

  @Test
  void batchIsFullAtItsMaximumOfItems() throws Exception {
    Path _ =
        new BashExtension(folder)
            .write(
                "subscriber",
                "subscribe() { call PUT /2022-07-01/telemetry '{\"schemaVersion\":\"2022-12-13\","
                    + "\"types\":[\"function\"],\"buffering\":{\"maxItems\":1000,\"timeoutMs\":30000},"
                    + "\"destination\":{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox:"
                    + receiver.port()
                    + "\"}}'; }\nregister '\"SHUTDOWN\"'\nsubscribe\nloop\n");
    try (Sandbox sandbox = subscribed().freeze(false).start()) {
      for (int i = 0; i < 1_500; i++) {
        sandbox.emit("function", "\"x\"");
      }

      receiver.await(each -> each.events().size() == 1_000);
      assertThat(receiver.deliveries()).hasSize(1);
    }
  }

  @Test
  void linesOfExtensionsAreEventsOfTheirOwnType() throws Exception {
    Path _ =
        new BashExtension(folder)
            .write(
                "subscriber",
                "register '\"SHUTDOWN\"'\nsubscribe PORT\necho hello\nloop\n"
                    .replace("PORT", Integer.toString(receiver.port())));
    try (Sandbox sandbox = subscribed().freeze(false).start()) {
      receiver.await(each -> !each.events("extension").isEmpty());

      assertThat(receiver.events("extension").getFirst().path("record").asText())
          .isEqualTo("hello");
      assertThat(sandbox.extensionOutput()).containsExactly("hello");
    }
  }

  @Test
  void managedInstancesHaveNoRuntimeDone() throws Exception {
    Path _ =
        new BashExtension(folder)
            .write(
                "subscriber",
                "register '\"SHUTDOWN\"'\nsubscribe " + receiver.port() + " 2025-01-29\nloop\n");
    try (Sandbox sandbox = subscribed().managedInstances(true).start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      receiver.await(each -> !each.events("platform.report").isEmpty());

      assertThat(receiver.events("platform.runtimeDone")).isEmpty();
      assertThat(receiver.events("platform.report").getFirst().at("/record/metrics").size())
          .isOne();
    }
  }
}
