package dev.logshipper.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.Sandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelinePageTest {

  @Test
  void lanesShowTheRun() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox = Sandbox.builder().function(invocation -> invocation.log("x")).start()) {
      sandbox.invoke("{}");
      destination.respondNext(ScriptedResponse.status(503));
      long fault = System.nanoTime();
      post(destination, "one");
      post(destination, "one");
      post(destination, "two");
      FaultSpan span = new FaultSpan("status 503", fault, System.nanoTime());
      sandbox.shutdown("spindown");

      JsonNode data =
          data(
              new TimelinePage("a run", sandbox.timeline())
                  .destination("http", destination)
                  .faults(List.of(span))
                  .html());

      assertThat(names(data))
          .containsExactly("Environment", "Function", "Sends to http", "Faults of the destination");
      assertThat(labels(data.at("/lanes/0"))).contains("init", "frozen", "shutdown");
      assertThat(labels(data.at("/lanes/1"))).contains("invocation 1");
      assertThat(labels(data.at("/lanes/2")))
          .containsExactly("batch 1", "batch 1, attempt 2", "batch 2");
      assertThat(data.at("/lanes/2/items/0/k").asText()).isEqualTo("bad");
      assertThat(data.at("/lanes/2/items/1/k").asText()).isEqualTo("send");
    }
  }

  @Test
  void everyLineOfTheFunctionHasItsInvocationAndArrival() throws Exception {
    List<FunctionLine> lines = new ArrayList<>();
    try (Sandbox sandbox =
        Sandbox.builder()
            .function(invocation -> invocation.log(invocation.payload()))
            .onFunctionLine(line -> lines.add(new FunctionLine(System.nanoTime(), line)))
            .start()) {
      long before = System.nanoTime();
      sandbox.invoke("\"twice\"");
      sandbox.invoke("\"twice\"");
      sandbox.invoke("\"once\"");
      sandbox.shutdown("spindown");
      lines.addFirst(new FunctionLine(before, "early"));

      JsonNode data =
          data(
              new TimelinePage("a run", sandbox.timeline())
                  .functionLines(lines, List.of("\"twice\""))
                  .html());

      List<String> rows = new ArrayList<>();
      data.path("lines")
          .forEach(row ->
              rows.add(
                  row.get(1).asText() + " " + row.get(2).asText() + " " + row.get(3).asText()));
      assertThat(rows)
          .containsExactly(
              "init early true", "1 \"twice\" true", "2 \"twice\" false", "3 \"once\" true");
      assertThat(data.at("/lanes/1/items/0/d").toString()).contains("[\"lines\",\"1\"]");
    }
  }

  @Test
  void batchIsKnownByItsIdAndElseByItsContent() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox = Sandbox.builder().start()) {
      post(destination, "equal", "X-Batch-Id", "7");
      post(destination, "equal", "X-Batch-Id", "8");
      post(destination, "encoded in another way", "X-Batch-Id", "7");

      JsonNode sends = sends(sandbox, destination);

      assertThat(labels(sends)).containsExactly("batch 1", "batch 2", "batch 1, attempt 2");
      assertThat(sends.at("/items/2/d").toString())
          .contains("[\"content\",\"encoded in another way\"]");
    }
  }

  @Test
  void contentOfARequestIsItsText() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox = Sandbox.builder().start()) {
      String target = "Firehose_20150804.PutRecordBatch";
      post(destination, "{\"Records\":[{\"Data\":\"aGkK\"}]}", "X-Amz-Target", target);
      post(destination, "binary \0");

      JsonNode sends = sends(sandbox, destination);

      assertThat(sends.at("/items/0/d").toString()).contains("[\"content\",\"hi\"]");
      assertThat(sends.at("/items/1/d").toString()).doesNotContain("content");
    }
  }

  @Test
  void dataCannotEndItsElement() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      String html =
          new TimelinePage("</script><script>alert(1)</script>", sandbox.timeline()).html();

      assertThat(html).doesNotContain("alert(1)</script>");
      assertThat(data(html).path("title").asText()).isEqualTo("</script><script>alert(1)</script>");
    }
  }

  @Test
  void pageLoadsNothing() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      String html = new TimelinePage("a run", sandbox.timeline()).html();

      assertThat(html).contains("default-src 'none'").doesNotContain("src=", "href=", "@import");
    }
  }

  /// The lane of the requests, with all that the page shows of them.
  private static JsonNode sends(Sandbox sandbox, HttpDestination destination) throws Exception {
    String html =
        new TimelinePage("a run", sandbox.timeline()).destination("http", destination).html();
    return data(html).path("lanes").get(1);
  }

  private static void post(HttpDestination destination, String body, String... header)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(destination.url() + "/logs"));
      if (header.length > 0) {
        request.headers(header);
      }
      client.send(
          request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
          BodyHandlers.discarding());
    }
  }

  private static JsonNode data(String html) throws Exception {
    String begin = "<script type=\"application/json\" id=\"data\">";
    int start = html.indexOf(begin) + begin.length();
    return JsonMapper.builder()
        .build()
        .readTree(html.substring(start, html.indexOf("</script>", start)));
  }

  private static List<String> names(JsonNode data) {
    List<String> names = new ArrayList<>();
    data.path("lanes").forEach(lane -> names.add(lane.path("name").asText()));
    return names;
  }

  private static List<String> labels(JsonNode lane) {
    List<String> labels = new ArrayList<>();
    lane.path("items").forEach(item -> labels.add(item.path("l").asText()));
    return labels;
  }
}
