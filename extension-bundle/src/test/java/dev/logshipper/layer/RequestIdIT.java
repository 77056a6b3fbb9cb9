package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.function.LogFormat;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The invocation to which a line belongs.
@ExtendWith(SandboxExtension.class)
class RequestIdIT {

  @Test
  void anApplicationsOwnRequestIdsDoNotReplaceTheInvocations() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .logFormat(LogFormat.JSON)
                .tenantId("acme")
                .function(invocation -> {
                  invocation.logJson("{\"requestId\":\"apigw-1\",\"message\":\"x\"}");
                  invocation.logJson("{\"aws_request_id\":\"job-7\",\"message\":\"y\"}");
                  invocation.log("z");
                })
                .start()) {
      InvocationOutcome outcome = sandbox.invoke("{}");
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).hasSize(3).contains("z");
      for (JsonNode record : ShippedLayer.arrived(destination)) {
        if (record.path("log_type").asText().equals("function")) {
          JsonNode function = record.path("faas");
          assertThat(function.path("request_id").asText()).isEqualTo(outcome.requestId());
          assertThat(function.path("tenant_id").asText()).isEqualTo("acme");
        }
      }
    }
  }

  @Test
  void aPlainLineHasNoIdWhereSeveralInvocationsRun() throws Exception {
    CountDownLatch secondLogged = new CountDownLatch(1);
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .managedInstances(true)
                .logFormat(LogFormat.JSON) // the only one there
                .function(invocation -> {
                  boolean isFirst = invocation.payload().equals("1");
                  invocation.log(isFirst ? "A1" : "B1");
                  invocation.logJson(
                      "{\"requestId\":\"" + invocation.requestId() + "\",\"message\":\"own\"}");
                  if (isFirst) {
                    secondLogged.await();
                    invocation.log("A2");
                  } else {
                    secondLogged.countDown();
                  }
                })
                .start()) {
      CompletableFuture<InvocationOutcome> first = sandbox.invokeAsync("1");
      String secondId = sandbox.invoke("2").requestId();
      String firstId = first.get().requestId();
      sandbox.shutdown("spindown");

      for (JsonNode record : ShippedLayer.arrived(destination)) {
        String id = record.path("faas").path("request_id").asText();
        String message = record.path("message").asText();
        if (message.contains("own")) {
          assertThat(id).isIn(firstId, secondId);
          assertThat(message).contains(id);
        } else if (record.path("log_type").asText().equals("function")) {
          assertThat(id).as(message).isEmpty();
        }
      }
      assertThat(ShippedLayer.functionLines(destination)).contains("A1", "A2", "B1").hasSize(5);
    }
  }
}
