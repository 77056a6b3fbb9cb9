package com.example.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.util.Map;

/// An order in, log lines out. The payload `{"fail": true}` throws an exception.
public final class Handler implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    Object order = event.getOrDefault("order", "1");
    LambdaLogger logger = context.getLogger();
    System.out.println("plain text about order " + order);
    logger.log("a logger's line about order " + order, LogLevel.INFO);
    System.out.println("{\"level\":\"INFO\",\"message\":\"a JSON line\",\"order\":\"" + order + "\"}");
    if (Boolean.TRUE.equals(event.get("fail"))) {
      throw new IllegalStateException("order " + order + " failed");
    }
    return Map.of("order", order);
  }
}
