package dev.logshipper.layer;

import dev.logshipper.sandbox.destination.realservers.Program;
import dev.logshipper.sandbox.destination.realservers.RealDestination;
import dev.logshipper.sandbox.environment.Sandbox;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Additional rules for a server that recognizes duplicates and keeps its data when it is killed.
abstract class ExactlyOnceContract<D extends RealDestination> extends RealDestinationContract<D> {

  /// @param mode as in [BundledSink]
  ExactlyOnceContract(Program program, String mode) {
    super(program, mode);
  }

  @Test
  void requestRepeatedAfterAHangIsStoredOnce() throws Exception {
    AwkwardLines function = new AwkwardLines();
    try (D server = start()) {
      hangForAWhile(server, function);

      assertStored(server, function);
    }
  }

  @Test
  void restartedServerHasEverything() throws Exception {
    AwkwardLines function = new AwkwardLines();
    try (D server = start();
        Sandbox sandbox = shipping(server, function).start()) {
      invoke(sandbox, FEW_INVOCATIONS);
      CompletableFuture<Void> restart = CompletableFuture.runAsync(server::restart);
      while (!restart.isDone()) {
        invoke(sandbox, 1);
      }
      restart.join();
      invoke(sandbox, FEW_INVOCATIONS);
      end(sandbox);

      assertStored(server, function);
    }
  }
}
