package dev.logshipper.sink.testkit;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// The rules of [dev.logshipper.sink.Sink] as tests, each named after its rule. A sink that passes
/// loses no records, stores no avoidable duplicates, returns by the deadline and logs no secrets.
///
/// The one test dependency is `dev.logshipper:log-shipper-sink-testkit`; it brings JUnit and
/// AssertJ along. For a destination that speaks HTTP:
///
/// ```java
/// class MySinkContractTest extends SinkContract {
///   @Override
///   protected SinkFixture newFixture() throws IOException {
///     return new HttpSinkFixture() { // runs a server that injects the contract's faults
///       private final List<String> lines = new ArrayList<>();
///       public SinkProvider provider() { return new MySinkProvider(); }
///       public Map<String, String> environment() { return Map.of("MY_ADDRESS", authority()); }
///       public Set<Trait> traits() { return Set.of(Trait.NAMES_WAIT); }
///       protected ScriptedResponse.Http accept(ReceivedRequest request) {
///         lines.addAll(request.lines());
///         return ScriptedResponse.ok();
///       }
///       protected List<String> held() { return lines; }
///     };
///   }
/// }
/// ```
///
/// For any other destination implement [SinkFixture]. The whole contract runs for a few seconds,
/// mostly waiting for responses that never arrive.
@Timeout(60)
public abstract class SinkContract
    implements ProviderRules,
        AcceptanceRules,
        AttemptRules,
        EndRules,
        ResultRules,
        RedactionRules,
        WarmUpRules {
  private SinkUnderTest sink;

  /// Creates the fixture of one test.
  protected abstract SinkFixture newFixture() throws Exception;

  /// Returns the tolerance beyond a deadline for a busy machine. It must stay below the default
  /// timeouts of HTTP libraries, which would end a send as well, but too late.
  protected Duration grace() {
    return Duration.ofSeconds(2);
  }

  /// Returns the deadline of sends that get no response: the time the sink needs to send a line.
  protected Duration shortDeadline() {
    return Duration.ofMillis(300);
  }

  @BeforeEach
  final void setUp() throws Exception {
    sink = new SinkUnderTest(newFixture(), shortDeadline(), grace());
  }

  @AfterEach
  final void tearDown() throws Exception {
    sink.close();
  }

  @Override
  public final SinkUnderTest sinkUnderTest() {
    return sink;
  }
}
