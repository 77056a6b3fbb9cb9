package dev.logshipper.sandbox.page;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.Timeline;
import dev.logshipper.sandbox.report.Landing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The lane of a destination's requests. Requests with the same batch id are attempts for the same
/// batch, and so are requests without an id that have the same path and body.
final class SendLane {
  private SendLane() {}

  /// @param end of the run, where requests without a response end
  static Lane of(String name, Destination destination, Timeline timeline, double end) {
    List<Item> items = new ArrayList<>();
    Map<String, Integer> batches = new HashMap<>();
    Map<Integer, Integer> attempts = new HashMap<>();
    for (ReceivedRequest request : destination.requests()) {
      int batch = batches.computeIfAbsent(identity(request), key -> batches.size() + 1);
      int attempt = attempts.merge(batch, 1, Integer::sum);
      double begin = timeline.millis(request.receivedNanos());
      double until = request.responded() ? timeline.millis(request.respondedNanos()) : begin;
      if (!request.responded() && request.response() instanceof ScriptedResponse.Hang) {
        until = end;
      }
      items.add(
          new Item(
              begin,
              until,
              request.acknowledged() ? "send" : "bad",
              "batch " + batch + (attempt == 1 ? "" : ", attempt " + attempt),
              details(request, until - begin)));
    }
    return new Lane("Sends to " + name, items);
  }

  /// The batch id in a header such as `X-Batch-Id`, else the content.
  private static String identity(ReceivedRequest request) {
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      if (header.getKey().toLowerCase(Locale.ROOT).endsWith("batch-id")) {
        return request.path() + " id " + header.getValue();
      }
    }
    String content = request.path() + " " + Arrays.hashCode(request.body());
    return request.isComplete() ? content : content + " " + request.receivedNanos();
  }

  private static Map<String, String> details(ReceivedRequest request, double millis) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("result", Landing.result(request));
    details.put("size", Landing.bytes(request.body().length));
    request.header("Content-Encoding").ifPresent(encoding -> details.put("encoding", encoding));
    details.put("request", request.method() + " " + request.path());
    details.put("connection", Integer.toString(request.connectionId()));
    details.put("response after", Item.millis(millis));
    String content = RequestContent.excerpt(request);
    if (!content.isEmpty()) {
      details.put("content", content);
    }
    return details;
  }
}
