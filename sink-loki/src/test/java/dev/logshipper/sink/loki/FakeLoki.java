package dev.logshipper.sink.loki;

import dev.logshipper.sink.support.text.JsonException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/// A [LokiStore] behind a server. What a test changes of the store, it changes between two pushes.
final class FakeLoki extends Dispatcher implements AutoCloseable {
  final LokiStore store = new LokiStore();
  private final AtomicBoolean losesAnswer = new AtomicBoolean();
  private final MockWebServer server = new MockWebServer();

  FakeLoki() throws IOException {
    server.setDispatcher(this);
    server.start();
  }

  String url() {
    return server.url("/").toString();
  }

  int requests() {
    return server.getRequestCount();
  }

  List<String> lines() {
    return store.lines();
  }

  /// The next push is stored, and its answer lost.
  void loseNextAnswer() {
    losesAnswer.set(true);
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    try {
      LokiStore.Reply reply = store.push(Pushed.in(request));
      MockResponse.Builder answer =
          new MockResponse.Builder().code(reply.status()).body(reply.text());
      if (losesAnswer.getAndSet(false)) {
        answer.onResponseStart(new SocketEffect.CloseSocket());
      }
      return answer.build();
    } catch (IOException | JsonException e) {
      throw new AssertionError("no push", e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
