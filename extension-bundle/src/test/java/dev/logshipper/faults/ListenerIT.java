package dev.logshipper.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every process in the environment can reach the listener. The sink makes no difference.
@Chapter("Hostile clients of the listener")
class ListenerIT {
  private static final int INVOCATIONS = 4;
  private static final int HELD_MILLIS_MAX = 500;
  private static final int MEGABYTE = 1024 * 1024;
  private static final String POST = "POST /x HTTP/1.1\r\nHost: x\r\n";

  /// Hostile clients of the listener.
  @FunctionalInterface
  private interface Intrusion {
    void against(HostileClient intruder) throws Exception;
  }

  @Test
  @Fault(value = "100 silent connections", heldMillisMax = HELD_MILLIS_MAX)
  void silentConnections(FaultRuns runs) throws Exception {
    goesOn(
        runs,
        intruder -> {
          for (int i = 0; i < 100; i++) {
            intruder.connect();
          }
        });
  }

  @Test
  @Fault(
      value = "40 connections with half a head and 40 with half a body",
      heldMillisMax = HELD_MILLIS_MAX)
  void unfinishedRequests(FaultRuns runs) throws Exception {
    goesOn(
        runs,
        intruder -> {
          for (int i = 0; i < 40; i++) {
            intruder.send(POST + "X-Half");
            intruder.send(POST + "Content-Length: 1000\r\n\r\n[");
          }
        });
  }

  @Test
  @Fault(value = "20 unfinished bodies of 8 MiB at once", heldMillisMax = HELD_MILLIS_MAX)
  void hugeBodies(FaultRuns runs) throws Exception {
    goesOn(
        runs,
        intruder -> {
          byte[] megabyte = "[".repeat(MEGABYTE).getBytes(UTF_8);
          for (int i = 0; i < 20; i++) {
            Socket socket = intruder.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
            boolean heard = true;
            for (int sent = 0; sent < 8 && heard; sent++) {
              heard =
                  HostileClient.write(socket, "100000\r\n".getBytes(UTF_8))
                      && HostileClient.write(socket, megabyte)
                      && HostileClient.write(socket, "\r\n".getBytes(UTF_8));
            }
          }
        });
  }

  @Test
  @Fault(value = "a body that claims 1 TB", heldMillisMax = HELD_MILLIS_MAX)
  void bodyThatClaimsATerabyte(FaultRuns runs) throws Exception {
    goesOn(
        runs,
        intruder ->
            assertThat(
                    HostileClient.statusLine(
                        intruder.send(POST + "Content-Length: 1099511627776\r\n\r\n[")))
                .contains(" 413 "));
  }

  @Test
  @Fault(value = "heads of a megabyte", heldMillisMax = HELD_MILLIS_MAX)
  void hugeHeads(FaultRuns runs) throws Exception {
    goesOn(
        runs,
        intruder -> {
          intruder.send(POST + "X: " + "x".repeat(MEGABYTE));
          intruder.send(POST + "X: x\r\n".repeat(MEGABYTE / 6));
          intruder.send("x".repeat(MEGABYTE));
        });
  }

  @Test
  @Fault(value = "other methods, other protocols, path traversal", heldMillisMax = HELD_MILLIS_MAX)
  void otherMethodsProtocolsAndPaths(FaultRuns runs) throws Exception {
    goesOn(
        runs,
        intruder -> {
          for (String method : List.of("GET", "DELETE", "OPTIONS", "CONNECT", "TRACE")) {
            assertThat(
                    HostileClient.statusLine(
                        intruder.send(method + " / HTTP/1.1\r\nHost: x\r\n\r\n")))
                .contains(" 405 ");
          }
          assertThat(
                  HostileClient.statusLine(
                      intruder.send("GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n")))
              .contains(" 405 ");
          assertThat(HostileClient.statusLine(intruder.send("\u0016\u0003\u0001\u0002\n\n")))
              .contains(" 400 ");
          assertThat(HostileClient.statusLine(intruder.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")))
              .contains(" 505 ");
        });
  }

  @Test
  @Fault(
      value = "180,000 forged events in one body",
      user = "ledger (the events are shipped like the platform's)",
      heldMillisMax = 2_250)
  void forgedEvents(FaultRuns runs) throws Exception {
    goesOn(
        runs,
        intruder -> {
          String event = "{\"type\":\"a\",\"record\":1},";
          int events = 4 * MEGABYTE / event.length() - 1;
          String body = "[" + event.repeat(events) + "{\"type\":\"a\",\"record\":1}]";
          Socket socket =
              intruder.send(POST + "Content-Length: " + body.length() + "\r\n\r\n" + body);
          assertThat(HostileClient.statusLine(socket)).contains(" 200 ");
        });
  }

  @Test
  @Fault(
      value = "JSON that is deeply nested, malformed, or not UTF-8",
      user = "ledger (`malformed`)",
      lost = Lost.COUNTED,
      heldMillisMax = HELD_MILLIS_MAX)
  void malformedJson(FaultRuns runs) throws Exception {
    goesOn(
        runs,
        intruder -> {
          for (String body :
              List.of(
                  "[".repeat(MEGABYTE),
                  "{\"a\":".repeat(MEGABYTE / 5),
                  "[{\"type\":\"function\",\"record\":" + "9".repeat(MEGABYTE) + "}]",
                  "[{\"type\":\"function\",\"record\":\"\\ud800\"}]",
                  "[{\"type\":\"function\",\"record\":\"\u00c0\u00af\u00ff\"}]",
                  "[{\"type\":\"function\",\"record\":\"a\",\"record\":\"b\"}]",
                  "[{\"type\":\"function\"",
                  "\u0000")) {
            assertThat(
                    HostileClient.statusLine(
                        intruder.send(
                            POST + "Content-Length: " + body.length() + "\r\n\r\n" + body)))
                .contains(" 200 ");
          }
        });
  }

  /// The platform's deliveries arrive, before and after and at the same time, and the JVM is the
  /// same throughout.
  private static void goesOn(FaultRuns runs, Intrusion intrusion) throws Exception {
    FaultRun run =
        runs.of(BundledSink.named("http"))
            .timeoutMillis(10_000)
            .with(sandbox -> sandbox.freeze(false))
            .start();
    long java = run.java().pid();
    run.invoke(INVOCATIONS);
    try (HostileClient intruder = new HostileClient(run.sandbox())) {
      intrusion.against(intruder);
      run.invoke(INVOCATIONS);
    }
    run.invoke(INVOCATIONS);
    assertThat(run.java().pid()).isEqualTo(java);
    run.end();

    assertThat(run.output()).isEmpty();
    assertThat(run.deliveries().lost()).isEmpty();
  }
}
