package dev.logshipper.sandbox.environment.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The example of the README: a user's test of an extension, here one in bash and curl.
class OwnExtensionTest {

  // In the README from here on.
  @RegisterExtension
  final SandboxExtension lambda =
      SandboxExtension.forLayer(Path.of("src/test/layer"))
          .destination(HttpDestination::start)
          .environment("MY_URL", "{url}/logs")
          .function(invocation -> invocation.log("hello"));

  @Test
  void endOfTheEnvironmentIsReported(Sandbox sandbox, Destination destination) throws Exception {
    assertThat(sandbox.invoke("{}").succeeded()).isTrue();
    sandbox.shutdown("spindown");
    assertThat(destination.lines()).containsExactly("{\"invocations\":1}");
  }
  // In the README up to here.
}
