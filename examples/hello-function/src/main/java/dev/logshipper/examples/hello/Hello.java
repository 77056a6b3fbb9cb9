package dev.logshipper.examples.hello;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// A function whose output is its log: it prints the lines that the payload requests.
///
/// Every line carries `seq`, which counts 1, 2, 3… over the lifetime of the execution environment,
/// so that a receiver of the log can detect missing, duplicate and reordered lines.
///
/// The payload has an `action`, which is `hello` (the default), `burst` (with a `count` of lines),
/// `error` or `slow` (with a duration in `millis`). The response has a `message`, and `lastSeq`,
/// the sequence number of the last line so far: all lines of this environment. Both are maps,
/// because the serialization of the runtime's client 2.10 has no support for records.
public final class Hello implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final Logger LOG = LoggerFactory.getLogger(Hello.class);

  private final AtomicLong sequence = new AtomicLong();

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> request, Context context) {
    String action = String.valueOf(request.getOrDefault("action", "hello"));
    String message =
        switch (action) {
          case "hello" -> hello(context);
          case "burst" -> burst(number(request, "count"));
          case "error" -> error();
          case "slow" -> slow(number(request, "millis"));
          default -> throw new IllegalArgumentException("unknown action " + action);
        };
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("message", message);
    response.put("lastSeq", sequence.get());
    return response;
  }

  private static int number(Map<String, Object> request, String name) {
    return request.get(name) instanceof Number number ? number.intValue() : 0;
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
