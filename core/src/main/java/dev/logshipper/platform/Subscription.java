package dev.logshipper.platform;

import dev.logshipper.sink.Diagnostics;
import java.io.IOException;
import java.util.List;

/// The request to the platform to deliver logs: by the Telemetry API, with the newest schema that
/// it accepts, or else by the Logs API.
///
/// @param api tried first
/// @param types some of `platform`, `function`, `extension`
/// @param maxItems events after which the platform delivers
/// @param maxBytes bytes after which it delivers
/// @param timeoutMillis time after which it delivers
/// @param managedInstances where only the newest schema and no Logs API exists
public record Subscription(
    Api api,
    List<String> types,
    int maxItems,
    int maxBytes,
    int timeoutMillis,
    boolean managedInstances) {

  /// The two APIs that deliver logs.
  public enum Api {
    /// Version 2022-07-01.
    TELEMETRY,
    /// Version 2020-08-15, superseded.
    LOGS
  }

  private static final List<String> SCHEMAS = List.of("2025-01-29", "2022-12-13", "2022-07-01");
  private static final String LOGS_SCHEMA = "2021-03-18";
  private static final String TELEMETRY_PATH = "/2022-07-01/telemetry";
  private static final String LOGS_PATH = "/2020-08-15/logs";
  private static final int OK = 200;
  private static final int LOCAL_STUB = 202;
  private static final int BAD_REQUEST = 400;
  private static final int CLOSED = 403;

  public Subscription {
    types = List.copyOf(types);
  }

  /// Subscribes. If the platform rejects everything, there are no logs; the function is not
  /// affected.
  ///
  /// @param port where the listener accepts deliveries
  /// @return whether logs will be delivered; local emulators accept and never deliver
  public boolean request(ExtensionsApi extensions, int port, Diagnostics diagnostics)
      throws IOException {
    int status = BAD_REQUEST;
    String accepted = "";
    for (String schema : schemas()) {
      if (status == BAD_REQUEST) {
        status = extensions.subscribe(TELEMETRY_PATH, body(schema, port, "")).status();
        accepted = schema;
      }
    }
    if (api == Api.LOGS || (status != OK && status != LOCAL_STUB && !managedInstances)) {
      status = logs(extensions, port);
      accepted = LOGS_SCHEMA;
    }
    if (status == LOCAL_STUB) {
      diagnostics.info("this environment accepts log subscriptions but delivers nothing");
    } else if (status != OK) {
      // Subscriptions end with init, which a function can end before this process gets to run.
      String cause =
          status == CLOSED ? status + ", as after a failed init" : String.valueOf(status);
      diagnostics.warn(
          "the platform rejected the log subscription (" + cause + "); no logs will be shipped");
    } else if (diagnostics.isDebug()) {
      diagnostics.debug("subscription by the " + describe(accepted));
    }
    return status == OK;
  }

  private List<String> schemas() {
    if (api == Api.LOGS) {
      return List.of();
    }
    return managedInstances ? SCHEMAS.subList(0, 1) : SCHEMAS;
  }

  /// A subscription that the launcher made, which knows one schema, or an earlier process.
  public String describeEarlier() {
    return "subscription made by the launcher ("
        + apiOf(SCHEMAS.getFirst())
        + ") or by an earlier process: "
        + limits();
  }

  private String describe(String schema) {
    return apiOf(schema) + ": " + limits();
  }

  private static String apiOf(String schema) {
    return (schema.equals(LOGS_SCHEMA) ? "Logs API, schema " : "Telemetry API, schema ") + schema;
  }

  private String limits() {
    return String.join(", ", types)
        + "; at most "
        + maxItems
        + " events, "
        + maxBytes
        + " bytes or "
        + timeoutMillis
        + " ms in a delivery";
  }

  private int logs(ExtensionsApi extensions, int port) throws IOException {
    String more = ",\"method\":\"POST\",\"encoding\":\"JSON\"";
    return extensions.subscribe(LOGS_PATH, body(LOGS_SCHEMA, port, more)).status();
  }

  private String body(String schema, int port, String moreOfDestination) {
    return "{\"schemaVersion\":\""
        + schema
        + "\",\"types\":[\""
        + String.join("\",\"", types)
        + "\"],\"buffering\":{\"maxItems\":"
        + maxItems
        + ",\"maxBytes\":"
        + maxBytes
        + ",\"timeoutMs\":"
        + timeoutMillis
        + "},\"destination\":{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox.localdomain:"
        + port
        + "/\""
        + moreOfDestination
        + "}}";
  }
}
