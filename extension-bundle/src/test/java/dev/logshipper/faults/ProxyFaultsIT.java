package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.testkit.ForwardingProxy;
import java.net.URI;
import java.util.Locale;

/// Faults of a proxy before the destination.
@Chapter("The destination")
class ProxyFaultsIT {
  private static final int INVOCATIONS = 3;
  private static final int HOLD_MILLIS_MAX = 2_250;

  @Sinks
  @Fault(
      value = "is behind a proxy that dies and returns",
      user = "destination unreachable (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void proxyDiesAndReturns(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRunBuilder described = runs.of(sink);
    int server = URI.create(described.destination().url()).getPort();
    int port;
    FaultRun run;
    try (ForwardingProxy proxy = new ForwardingProxy(server)) {
      port = proxy.port();
      run =
          described
              .environment("PUSHER_FLUSH", "end")
              .environment("PUSHER_" + sink.mode().toUpperCase(Locale.ROOT) + "_PROXY", proxy.url())
              .start();
      run.invoke(INVOCATIONS);
    }
    run.invoke(INVOCATIONS);
    try (ForwardingProxy returned = new ForwardingProxy(server, port)) {
      run.invoke(INVOCATIONS);
      run.end();
      assertThat(returned.heads()).isNotEmpty();
    }
  }
}
