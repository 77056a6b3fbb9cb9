package dev.logshipper.sandbox.destination.firehose;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A Firehose that takes `PutRecordBatch` (AWS JSON 1.1) for the delivery streams it was given.
///
/// Records are kept as Firehose delivers them: one after the other with nothing between. So a
/// record that does not end with a newline shows in [#lines()] as a line glued to the next one.
/// Several streams come one after the other, in the order in which they were named.
///
/// There is no throttling over time; [#throttled()] and [#failing(int...)] script it.
public final class FirehoseDestination extends ServiceDestination {
  private final FirehoseService service;

  private FirehoseDestination(HttpDestination http, FirehoseService service) {
    super(http, service);
    this.service = service;
  }

  /// Starts on a free port with these delivery streams.
  public static FirehoseDestination start(String... streams) {
    return start(FirehoseBehaviour.of(streams));
  }

  /// Starts on a free port.
  public static FirehoseDestination start(FirehoseBehaviour behaviour) {
    return new FirehoseDestination(HttpDestination.start(), new FirehoseService(behaviour));
  }

  /// Starts on a free port with TLS, see [HttpDestination#startTls()].
  public static FirehoseDestination startTls(String... streams) {
    return startTls(FirehoseBehaviour.of(streams));
  }

  /// Starts on a free port with TLS, see [HttpDestination#startTls()].
  public static FirehoseDestination startTls(FirehoseBehaviour behaviour) {
    return new FirehoseDestination(HttpDestination.startTls(), new FirehoseService(behaviour));
  }

  /// Its own judgement, but the records at these indexes of the request fail as throttled ones do:
  /// 200, `ServiceUnavailableException` in their place, the others kept. An index that the request
  /// does not have is passed over.
  public ScriptedResponse failing(int... indexes) {
    Set<Integer> failed = IntStream.of(indexes).boxed().collect(Collectors.toUnmodifiableSet());
    return ScriptedResponse.computed(request -> service.judge(request, failed));
  }

  /// What a stream answers as a whole that gets more than its share.
  public static ScriptedResponse.Http throttled() {
    return exception(503, "ServiceUnavailableException", "Slow down.");
  }

  /// An error of AWS JSON 1.1, for example `AccessDeniedException` or `ExpiredTokenException`, both
  /// with 400.
  public static ScriptedResponse.Http exception(int status, String type, String message) {
    return new FirehoseError(status, type, message).reply();
  }

  /// The records kept for a stream, each as text, in the order of their arrival.
  public List<String> records(String stream) {
    return service.records(stream);
  }
}
