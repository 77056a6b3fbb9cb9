package dev.logshipper.sandbox.environment;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// An extension that subscribes, a function that prints a line, and where deliveries go.
abstract class SubscribedTestBase {

  @TempDir Path folder;
  final Receiver receiver;

  SubscribedTestBase() throws IOException {
    receiver = new Receiver();
  }

  @BeforeEach
  void writeAnExtensionThatSubscribes() throws IOException {
    Path _ = new BashExtension(folder).writeSubscribed("subscriber", receiver.port());
  }

  @AfterEach
  void closeTheReceiver() {
    receiver.close();
  }

  SandboxBuilder subscribed() {
    return Sandbox.builder().extensions(folder).function(each -> each.log("a \"line\""));
  }
}
