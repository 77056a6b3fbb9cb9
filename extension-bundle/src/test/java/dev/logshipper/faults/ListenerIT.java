package dev.logshipper.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Anything in the environment can reach the listener. Which sink there is makes no difference.
@Chapter("Whoever reaches the listener")
class ListenerIT {
  private static final int INVOCATIONS = 4;
  private static final int HELD_MILLIS_MAX = 500;
  private static final int MEGABYTE = 1024 * 1024;
  private static final String POST = "POST /x HTTP/1.1\r\nHost: x\r\n";

  /// What an intruder does.
  @FunctionalInterface
  private interface Intrusion {
    void against(Intruder intruder) throws Exception;
  }

  @Test
  @Fault(value = "100 connections that say nothing", heldMillisMax = HELD_MILLIS_MAX)
  void silentConnections(Trials trials) throws Exception {
    goesOn(
        trials,
        intruder -> {
          for (int i = 0; i < 100; i++) {
            intruder.connect();
          }
        });
  }

  @Test
  @Fault(
      value = "40 connections with half a head, and 40 with half a body",
      heldMillisMax = HELD_MILLIS_MAX)
  void halfRequests(Trials trials) throws Exception {
    goesOn(
        trials,
        intruder -> {
          for (int i = 0; i < 40; i++) {
            intruder.send(POST + "X-Half");
            intruder.send(POST + "Content-Length: 1000\r\n\r\n[");
          }
        });
  }

  @Test
  @Fault(value = "20 bodies of 8 MiB at once, none of which ends", heldMillisMax = HELD_MILLIS_MAX)
  void greatBodies(Trials trials) throws Exception {
    goesOn(
        trials,
        intruder -> {
          byte[] megabyte = "[".repeat(MEGABYTE).getBytes(UTF_8);
          for (int i = 0; i < 20; i++) {
            Socket socket = intruder.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
            boolean heard = true;
            for (int sent = 0; sent < 8 && heard; sent++) {
              heard =
                  Intruder.write(socket, "100000\r\n".getBytes(UTF_8))
                      && Intruder.write(socket, megabyte)
                      && Intruder.write(socket, "\r\n".getBytes(UTF_8));
            }
          }
        });
  }

  @Test
  @Fault(value = "a body of 1 TB, as it says", heldMillisMax = HELD_MILLIS_MAX)
  void announcedTerabyte(Trials trials) throws Exception {
    goesOn(
        trials,
        intruder ->
            assertThat(
                    Intruder.statusLine(
                        intruder.send(POST + "Content-Length: 1099511627776\r\n\r\n[")))
                .contains(" 413 "));
  }

  @Test
  @Fault(value = "heads of a megabyte", heldMillisMax = HELD_MILLIS_MAX)
  void greatHeads(Trials trials) throws Exception {
    goesOn(
        trials,
        intruder -> {
          intruder.send(POST + "X: " + "x".repeat(MEGABYTE));
          intruder.send(POST + "X: x\r\n".repeat(MEGABYTE / 6));
          intruder.send("x".repeat(MEGABYTE));
        });
  }

  @Test
  @Fault(
      value = "other methods, other protocols, paths that climb",
      heldMillisMax = HELD_MILLIS_MAX)
  void otherRequests(Trials trials) throws Exception {
    goesOn(
        trials,
        intruder -> {
          for (String method : List.of("GET", "DELETE", "OPTIONS", "CONNECT", "TRACE")) {
            assertThat(
                    Intruder.statusLine(intruder.send(method + " / HTTP/1.1\r\nHost: x\r\n\r\n")))
                .contains(" 405 ");
          }
          assertThat(
                  Intruder.statusLine(
                      intruder.send("GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n")))
              .contains(" 405 ");
          assertThat(Intruder.statusLine(intruder.send("\u0016\u0003\u0001\u0002\n\n")))
              .contains(" 400 ");
          assertThat(Intruder.statusLine(intruder.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")))
              .contains(" 505 ");
        });
  }

  @Test
  @Fault(
      value = "180,000 events in one body, none of which is the platform's",
      user = "ledger (the events are shipped like the platform's)",
      heldMillisMax = 2_250)
  void manyEvents(Trials trials) throws Exception {
    goesOn(
        trials,
        intruder -> {
          String event = "{\"type\":\"a\",\"record\":1},";
          int events = 4 * MEGABYTE / event.length() - 1;
          String body = "[" + event.repeat(events) + "{\"type\":\"a\",\"record\":1}]";
          Socket socket =
              intruder.send(POST + "Content-Length: " + body.length() + "\r\n\r\n" + body);
          assertThat(Intruder.statusLine(socket)).contains(" 200 ");
        });
  }

  @Test
  @Fault(
      value = "JSON that is deep, broken, or no UTF-8",
      user = "ledger (`malformed`)",
      lost = Lost.COUNTED,
      heldMillisMax = HELD_MILLIS_MAX)
  void oddJson(Trials trials) throws Exception {
    goesOn(
        trials,
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
                    Intruder.statusLine(
                        intruder.send(
                            POST + "Content-Length: " + body.length() + "\r\n\r\n" + body)))
                .contains(" 200 ");
          }
        });
  }

  /// The platform's deliveries arrive, before and after and at the same time, and the JVM is the
  /// same throughout.
  private static void goesOn(Trials trials, Intrusion intrusion) throws Exception {
    Trial trial =
        trials
            .of(BundledSink.named("http"))
            .timeoutMillis(10_000)
            .with(sandbox -> sandbox.freeze(false))
            .start();
    long java = trial.java().pid();
    trial.invoke(INVOCATIONS);
    try (Intruder intruder = new Intruder(trial.sandbox())) {
      intrusion.against(intruder);
      trial.invoke(INVOCATIONS);
    }
    trial.invoke(INVOCATIONS);
    assertThat(trial.java().pid()).isEqualTo(java);
    trial.end();

    assertThat(trial.said()).isEmpty();
    assertThat(trial.account().lost()).isEmpty();
  }
}
