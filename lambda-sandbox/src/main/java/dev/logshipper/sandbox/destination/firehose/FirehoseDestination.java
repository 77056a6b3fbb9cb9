package dev.logshipper.sandbox.destination.firehose;

import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import dev.logshipper.sandbox.destination.Tls;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A Firehose that accepts `PutRecordBatch` (AWS JSON 1.1) for the given delivery streams.
///
/// Records are stored as Firehose delivers them, without a separator. So a record that does not end
/// with a newline shows in [#lines()] as a line glued to the next one. Several streams follow one
/// another, in the order in which they were named. Records that are gzip members show decompressed.
///
/// There is no throttling over time; [#throttled()] and [#failing(int...)] script it.
public final class FirehoseDestination extends ServiceDestination {
  private final FirehoseService service;

  private FirehoseDestination(FirehoseService service, Tls tls) {
    super(service, tls);
    this.service = service;
  }

  /// Starts on a free port with these delivery streams.
  public static FirehoseDestination start(String... streams) {
    return start(FirehoseBehaviour.of(streams));
  }

  /// Starts on a free port.
  public static FirehoseDestination start(FirehoseBehaviour behaviour) {
    return new FirehoseDestination(new FirehoseService(behaviour), Tls.NONE);
  }

  /// Starts on a free port with TLS, see [#certificatePem()].
  public static FirehoseDestination startTls(String... streams) {
    return new FirehoseDestination(new FirehoseService(FirehoseBehaviour.of(streams)), Tls.RSA);
  }

  /// Its own handling, but the records at these indexes of the request fail as throttled ones do:
  /// 200 with `ServiceUnavailableException` at their index, the others stored. An index that the
  /// request does not have is ignored.
  public ScriptedResponse failing(int... indexes) {
    Set<Integer> failed = IntStream.of(indexes).boxed().collect(Collectors.toUnmodifiableSet());
    return ScriptedResponse.computed(request -> service.handle(request, failed));
  }

  /// The response for a whole request above the stream's throughput limit.
  public static ScriptedResponse.Http throttled() {
    return exception(503, "ServiceUnavailableException", "Slow down.");
  }

  /// An error of AWS JSON 1.1, for example `AccessDeniedException` or `ExpiredTokenException`, both
  /// with 400.
  public static ScriptedResponse.Http exception(int status, String type, String message) {
    return new FirehoseError(status, type, message).response();
  }

  /// The records stored for a stream, each as text, in the order of arrival.
  public List<String> records(String stream) {
    return service.records(stream);
  }
}
