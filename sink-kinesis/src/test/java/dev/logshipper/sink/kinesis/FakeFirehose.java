package dev.logshipper.sink.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.logshipper.sink.support.text.JsonException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/// Firehose over HTTP: it refuses what AWS refuses, in AWS's words, and otherwise answers by a
/// script, which at its end stores everything. Thread-safe.
final class FakeFirehose extends Dispatcher implements AutoCloseable {
  final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<String> stored = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Answer> script = new ConcurrentLinkedQueue<>();
  private final MockWebServer server = new MockWebServer();

  /// A request that AWS would take.
  record Call(RecordedRequest request, List<byte[]> records) {}

  /// What becomes of such a request.
  interface Answer {
    MockResponse to(Call call);
  }

  FakeFirehose() throws IOException {
    server.setDispatcher(this);
    server.start();
  }

  /// Scheme, host and port.
  String url() {
    return "http://" + server.getHostName() + ":" + server.getPort();
  }

  /// Requests of any kind.
  int requests() {
    return server.getRequestCount();
  }

  /// Adds to the script.
  FakeFirehose answering(Answer... answers) {
    script.addAll(List.of(answers));
    return this;
  }

  /// The lines stored, in the order of their arrival.
  List<String> storedLines() {
    return String.join("", stored).lines().toList();
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    FirehoseApi.Refusal refusal =
        FirehoseApi.refusal(request.getMethod(), request.getTarget(), request.getHeaders()::get);
    if (refusal != null) {
      return error(refusal);
    }
    try {
      FirehoseApi.Call call = FirehoseApi.read(requireNonNull(request.getBody()).toByteArray());
      refusal = FirehoseApi.refusal(call);
      return refusal == null ? answer(new Call(request, call.records())) : error(refusal);
    } catch (JsonException _) {
      return error(400, "SerializationException", "");
    }
  }

  private MockResponse answer(Call call) {
    calls.add(call);
    Answer answer = script.poll();
    return answer == null ? stored(call) : answer.to(call);
  }

  /// All is stored.
  MockResponse stored(Call call) {
    return partlyStored(call, List.of(), "");
  }

  /// All but some Firehose records are stored.
  Answer failing(String errorCode, Integer... records) {
    return call -> partlyStored(call, List.of(records), errorCode);
  }

  private MockResponse partlyStored(Call call, List<Integer> failed, String errorCode) {
    for (int i = 0; i < call.records().size(); i++) {
      if (!failed.contains(i)) {
        stored.add(new String(call.records().get(i), UTF_8));
      }
    }
    return answer(FirehoseApi.answer(call.records().size(), failed, errorCode));
  }

  /// An answer of any content.
  static MockResponse answer(String json) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", FirehoseApi.CONTENT_TYPE)
        .addHeader("x-amzn-RequestId", "d0c5d6a1-2b1c-4f5a-9f57-6e0e6fba5b0e")
        .body(json)
        .build();
  }

  /// An error as AWS writes it, its type in the body.
  static MockResponse error(int status, String type, String message) {
    return error(new FirehoseApi.Refusal(status, type, message));
  }

  private static MockResponse error(FirehoseApi.Refusal refusal) {
    return answer(refusal.json()).newBuilder().code(refusal.status()).build();
  }

  /// The same with its type in a header, as some of AWS's front ends write it.
  static MockResponse errorInHeader(int status, String type) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("x-amzn-ErrorType", type + ":http://internal.amazon.com/coral/")
        .body("{}")
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
