package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.intake.Delivery.Report;
import dev.logshipper.intake.Delivery.Report.Kind;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;

/// The result of parsing a body: the chunks of records, and the delivery.
record Parsed(List<List<LogRecord>> pieces, Delivery delivery) {
  static Parsed of(EventParser parser, byte[] body, int length) {
    List<List<LogRecord>> pieces = new ArrayList<>();
    return new Parsed(pieces, parser.parse(body, length, pieces::add));
  }

  static Parsed of(EventParser parser, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return of(parser, bytes, bytes.length);
  }

  List<LogRecord> records() {
    return pieces.stream().flatMap(List::stream).toList();
  }

  int events() {
    return delivery.events();
  }

  int malformed() {
    return delivery.malformed();
  }

  long droppedByPlatform() {
    return delivery.droppedByPlatform();
  }

  List<String> startedRequestIds() {
    return requestIds(Kind.STARTED);
  }

  List<String> completedRequestIds() {
    return requestIds(Kind.COMPLETED);
  }

  List<String> requestIdsOfLostCompletions() {
    return requestIds(Kind.COMPLETION_LOST);
  }

  private List<String> requestIds(Kind kind) {
    return delivery.reports().stream()
        .filter(report -> report.kind() == kind)
        .map(Report::requestId)
        .toList();
  }
}
