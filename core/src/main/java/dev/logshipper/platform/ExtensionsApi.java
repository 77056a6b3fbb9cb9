package dev.logshipper.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.support.text.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The calls of the Extensions API, version 2020-01-01, and the subscription calls, over one
/// connection. Used by one thread.
///
/// Source: docs.aws.amazon.com, Lambda developer guide, "Extensions API reference".
public final class ExtensionsApi implements EventSource {
  private static final String EXTENSION = "/2020-01-01/extension";
  private static final String IDENTIFIER = "Lambda-Extension-Identifier";
  private static final String NEXT = EXTENSION + "/event/next";
  private static final Duration UNKNOWN_DEADLINE = Duration.ofSeconds(1);

  /// No function runs as long; keeps a nonsensical deadline computable.
  private static final long DEADLINE_MILLIS_MAX = Duration.ofDays(1).toMillis();

  private final PlatformConnection connection;
  private final Registration registration;
  private final LongSupplier epochMillisClock;
  private final LongSupplier nanoClock;

  private ExtensionsApi(
      PlatformConnection connection,
      Registration registration,
      LongSupplier epochMillisClock,
      LongSupplier nanoClock) {
    this.connection = connection;
    this.registration = registration;
    this.epochMillisClock = epochMillisClock;
    this.nanoClock = nanoClock;
  }

  /// Registers this process. Only needed where no launcher did.
  ///
  /// @param authority host and port of the platform's API
  /// @param extensionName name of the file that the platform started
  /// @param managedInstances whether INVOKE must not be requested
  public static ExtensionsApi register(
      String authority,
      String extensionName,
      boolean managedInstances,
      LongSupplier epochMillisClock,
      LongSupplier nanoClock)
      throws IOException {
    PlatformConnection connection = PlatformConnection.open(authority);
    PlatformConnection.Response response =
        connection.exchange(
            "POST",
            EXTENSION + "/register",
            managedInstances
                ? "{\"events\":[\"SHUTDOWN\"]}"
                : "{\"events\":[\"INVOKE\",\"SHUTDOWN\"]}",
            "Lambda-Extension-Name",
            extensionName,
            "Lambda-Extension-Accept-Feature",
            "accountId");
    if (response.status() != 200) {
      throw new PlatformException("the platform rejected the registration: " + response.status());
    }
    Registration registration = registration(response.identifier(), response.body());
    return new ExtensionsApi(connection, registration, epochMillisClock, nanoClock);
  }

  /// Takes over a registration that the launcher made.
  ///
  /// @param body the platform's response to it
  /// @param inherited whether standard output is the connection it was made on
  public static ExtensionsApi takeOver(
      String authority,
      String identifier,
      String body,
      boolean inherited,
      LongSupplier epochMillisClock,
      LongSupplier nanoClock)
      throws IOException {
    PlatformConnection connection =
        inherited ? PlatformConnection.inherited(authority) : PlatformConnection.open(authority);
    return new ExtensionsApi(
        connection, registration(identifier, body), epochMillisClock, nanoClock);
  }

  /// The function, as described by the platform.
  public Registration registration() {
    return registration;
  }

  /// Whether the platform is on loopback, as emulators are and Lambda is not.
  public boolean isLocal() {
    return connection.isLoopback();
  }

  /// Requests deliveries; see [Subscription].
  PlatformConnection.Response subscribe(String path, String body) throws IOException {
    return connection.exchange("PUT", path, body, IDENTIFIER, registration.identifier());
  }

  @Override
  public void requestNext() throws IOException {
    connection.send("GET", NEXT, "", IDENTIFIER, registration.identifier());
  }

  @Override
  public void resumeRequest() throws IOException {
    connection.remember("GET", NEXT, "", IDENTIFIER, registration.identifier());
  }

  @Override
  public void awaitResponse() throws IOException {
    connection.awaitResponse();
  }

  @Override
  public ExtensionEvent readNext() throws IOException {
    PlatformConnection.Response response = connection.receive();
    if (response.status() != 200) {
      throw new PlatformException(
          "the platform rejected the request for events: " + response.status());
    }
    String body = response.body();
    String type = member(body, "eventType");
    if ("INVOKE".equalsIgnoreCase(type)) {
      return new ExtensionEvent.Invoke(
          orEmpty(member(body, "requestId")),
          deadline(body),
          orEmpty(member(body, "invokedFunctionArn")));
    }
    return "SHUTDOWN".equalsIgnoreCase(type)
        ? new ExtensionEvent.Shutdown(orEmpty(member(body, "shutdownReason")), deadline(body))
        : new ExtensionEvent.Unknown();
  }

  /// Reports that the extension cannot work; the platform then fails the environment.
  public void initError(String errorType, String message) throws IOException {
    connection.exchange(
        "POST",
        EXTENSION + "/init/error",
        "{\"errorType\":\"" + errorType + "\",\"errorMessage\":" + JsonWriter.string(message) + "}",
        IDENTIFIER,
        registration.identifier(),
        "Lambda-Extension-Function-Error-Type",
        errorType);
  }

  /// Converts the platform's wall-clock deadline to monotonic time.
  private Deadline deadline(String body) throws IOException {
    long epochMillis = (long) number(body, "deadlineMs");
    if (epochMillis <= 0) {
      return Deadline.after(UNKNOWN_DEADLINE, nanoClock);
    }
    long leftMillis = Math.min(epochMillis - epochMillisClock.getAsLong(), DEADLINE_MILLIS_MAX);
    return Deadline.after(Duration.ofMillis(leftMillis), nanoClock);
  }

  private static Registration registration(String identifier, String body) throws IOException {
    return new Registration(
        identifier,
        orEmpty(member(body, "functionName")),
        orEmpty(member(body, "functionVersion")),
        member(body, "accountId"));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String member(String body, String name) throws IOException {
    try {
      JsonReader json = new JsonReader(body.getBytes(UTF_8));
      return json.find(name.getBytes(UTF_8)) && json.peek() == '"' ? json.string() : null;
    } catch (JsonException e) {
      throw new PlatformException("the platform's response is not JSON: " + e.getMessage());
    }
  }

  private static double number(String body, String name) throws IOException {
    try {
      JsonReader json = new JsonReader(body.getBytes(UTF_8));
      return json.find(name.getBytes(UTF_8)) && json.isAtNumber() ? json.number() : 0;
    } catch (JsonException e) {
      throw new PlatformException("the platform's response is not JSON: " + e.getMessage());
    }
  }
}
