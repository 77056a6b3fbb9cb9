package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.REQUEST_ID;
import static dev.logshipper.sink.loki.LokiFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sandbox.destination.loki.LokiEntry;
import dev.logshipper.sandbox.destination.loki.LokiStream;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fields of records as labels of streams.
class LabelFieldsTest {
  private LokiDestination server;

  @BeforeEach
  void start() {
    server = LokiFixture.startLoki();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json", "json-gzip"})
  void namedFieldsAreLabels(String format) throws Exception {
    try (LokiFixture loki =
        new LokiFixture(
            server.url(),
            "PUSHER_LOKI_FORMAT",
            format,
            "PUSHER_LOKI_LABEL_FIELDS",
            "level,shop.id")) {
      loki.sink.send(
          new Batch(
              "b-1",
              List.of(
                  LokiFixture.line("[WARN] a").withFields(Map.of("shop.id", "s1", "x", "y")),
                  LokiFixture.line("[WARN] b").withFields(Map.of("shop.id", "s1")),
                  LokiFixture.line("c"))),
          in(20_000));
    }

    assertThat(server.streams())
        .extracting(stream -> Map.copyOf(stream.labels()))
        .containsExactly(
            Map.of(
                "application", "shop",
                "environment", "prod",
                "lambda", "function",
                "level", "WARN",
                "shop_id", "s1"),
            Map.of("application", "shop", "environment", "prod", "lambda", "function"));
    assertThat(server.streams().getFirst().entries())
        .<Map<String, String>>extracting(LokiEntry::metadata)
        .containsExactly(
            Map.of("request_id", REQUEST_ID, "x", "y"), Map.of("request_id", REQUEST_ID));
  }

  @Test
  void furtherValuesOfALabelAreMetadata() throws Exception {
    List<LogRecord> lines = new ArrayList<>();
    for (int i = 0; i < FieldLabels.VALUES_MAX + 3; i++) {
      lines.add(LokiFixture.line("x").withFields(Map.of("user", "u" + i)));
    }
    try (LokiFixture loki = new LokiFixture(server.url(), "PUSHER_LOKI_LABEL_FIELDS", "user")) {
      loki.sink.send(new Batch("b-1", lines), in(20_000));

      assertThat(loki.output.lines())
          .containsExactly(
              "log-shipper: loki: the label user has 32 values; further ones are sent as structured"
                  + " metadata");
    }

    assertThat(server.streams()).hasSize(FieldLabels.VALUES_MAX + 1);
    LokiStream last = server.streams().getLast();
    assertThat(last.labels()).doesNotContainKey("user");
    assertThat(last.entries()).hasSize(3).allMatch(entry -> entry.metadata().containsKey("user"));
  }

  @Test
  void aLabelThatExistsIsNotOverwritten() throws Exception {
    try (LokiFixture loki =
        new LokiFixture(
            server.url(), "LOKI_EXTRA_LABELS", "team,pay", "PUSHER_LOKI_LABEL_FIELDS", "team")) {
      loki.sink.send(
          new Batch("b-1", List.of(LokiFixture.line("x").withFields(Map.of("team", "other")))),
          in(20_000));

      assertThat(loki.output.text()).contains("PUSHER_LOKI_LABEL_FIELDS=team: expected a name");
    }

    assertThat(server.streams().getFirst().labels()).containsEntry("team", "pay");
    assertThat(server.streams().getFirst().entries())
        .allMatch(entry -> "other".equals(entry.metadata().get("team")));
  }
}
