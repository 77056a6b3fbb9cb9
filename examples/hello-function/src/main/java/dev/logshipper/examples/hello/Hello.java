package dev.logshipper.examples.hello;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// A function whose log is its product: it prints what the payload asks for.
///
/// Every line carries `seq`, which counts 1, 2, 3… over the life of the execution environment, so
/// that whoever receives the log can tell whether a line is missing, twice or out of order.
public final class Hello implements RequestHandler<Hello.Request, Hello.Response> {
  private static final Logger LOG = LoggerFactory.getLogger(Hello.class);

  private final AtomicLong sequence = new AtomicLong();

  /// The payload.
  ///
  /// @param what `hello` (the default), `burst`, `error` or `slow`
  /// @param count how many lines a burst has
  /// @param millis how long a slow invocation takes
  public record Request(@Nullable String what, int count, int millis) {}

  /// The answer.
  ///
  /// @param message what was done
  /// @param lastSeq the sequence number of the last line so far: all lines of this environment
  public record Response(String message, long lastSeq) {}

  @Override
  public Response handleRequest(Request request, Context context) {
    String what = Objects.requireNonNullElse(request.what(), "hello");
    String message =
        switch (what) {
          case "hello" -> hello(context);
          case "burst" -> burst(request.count());
          case "error" -> error();
          case "slow" -> slow(request.millis());
          default -> throw new IllegalArgumentException("cannot do " + what);
        };
    return new Response(message, sequence.get());
  }

  private String hello(Context context) {
    numbered(LOG.atInfo()).log("invoked as {}", context.getFunctionName());
    numbered(LOG.atInfo()).log("{} ms left", context.getRemainingTimeInMillis());
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
      numbered(LOG.atError()).setCause(e).log("order refused");
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
