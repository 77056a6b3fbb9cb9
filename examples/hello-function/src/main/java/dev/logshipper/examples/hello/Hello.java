package dev.logshipper.examples.hello;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// A function whose output is its log: it prints the lines that the payload requests.
///
/// Every line carries `seq`, which counts 1, 2, 3… over the lifetime of the execution environment,
/// so that a receiver of the log can detect missing, duplicate and reordered lines.
public final class Hello implements RequestHandler<Hello.Request, Hello.Response> {
  private static final Logger LOG = LoggerFactory.getLogger(Hello.class);

  private final AtomicLong sequence = new AtomicLong();

  /// The payload.
  ///
  /// @param action `hello` (the default), `burst`, `error` or `slow`
  /// @param count number of lines of a burst
  /// @param millis duration of a slow invocation
  public record Request(@Nullable String action, int count, int millis) {}

  /// The response.
  ///
  /// @param message a summary
  /// @param lastSeq the sequence number of the last line so far: all lines of this environment
  public record Response(String message, long lastSeq) {}

  @Override
  public Response handleRequest(Request request, Context context) {
    String action = Objects.requireNonNullElse(request.action(), "hello");
    String message =
        switch (action) {
          case "hello" -> hello(context);
          case "burst" -> burst(request.count());
          case "error" -> error();
          case "slow" -> slow(request.millis());
          default -> throw new IllegalArgumentException("unknown action " + action);
        };
    return new Response(message, sequence.get());
  }

  private String hello(Context context) {
    numbered(LOG.atInfo()).log("invoked as {}", context.getFunctionName());
    numbered(LOG.atInfo()).log("{} ms remaining", context.getRemainingTimeInMillis());
    numbered(LOG.atInfo()).log("Grüße aus Lambda");
    return "Hello";
  }

  private String burst(int count) {
    for (int line = 1; line <= count; line++) {
      numbered(LOG.atInfo()).log("burst line {} of {}", line, count);
    }
    return count + " lines";
  }

  private String error() {
    try {
      throw new IllegalStateException("the order has no items", new NumberFormatException("items"));
    } catch (IllegalStateException e) {
      numbered(LOG.atError()).setCause(e).log("order rejected");
      return "handled";
    }
  }

  private String slow(int millis) {
    numbered(LOG.atInfo()).log("before {} ms", millis);
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    numbered(LOG.atInfo()).log("after {} ms", millis);
    return "slept";
  }

  private LoggingEventBuilder numbered(LoggingEventBuilder line) {
    return line.addKeyValue("seq", sequence.incrementAndGet());
  }
}
