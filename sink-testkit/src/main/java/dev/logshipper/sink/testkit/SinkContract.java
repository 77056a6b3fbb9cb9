package dev.logshipper.sink.testkit;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// The rules S1 to S16 of [dev.logshipper.sink.Sink] as tests, each named by its rule. A sink that
/// passes them can be trusted with a function's logs: it loses none, doubles none that it need not,
/// comes back in time and keeps what it must not tell.
///
/// A sink's author adds two test dependencies besides this jar, which does not bring them along:
/// JUnit (`org.junit.jupiter:junit-jupiter`) and AssertJ (`org.assertj:assertj-core`). Then, for a
/// destination that speaks HTTP:
///
/// ```java
/// class MySinkContractTest extends SinkContract {
///   @Override
///   protected SinkFixture newFixture() throws IOException {
///     return new HttpSinkFixture() { // starts a server that fails by the contract's script
///       private final List<String> lines = new ArrayList<>();
///       public SinkProvider provider() { return new MySinkProvider(); }
///       public Map<String, String> environment() { return Map.of("MY_ADDRESS", authority()); }
///       public Set<Trait> traits() { return Set.of(Trait.NAMES_WAIT); }
///       public HttpResponse accept(HttpRequest request) throws IOException {
///         request.text().lines().forEach(lines::add);
///         return HttpResponse.of(200);
///       }
///       protected List<String> held() { return lines; }
///     };
///   }
/// }
/// ```
///
/// Any other destination implements [SinkFixture] itself. Each test gets a fixture of its own; the
/// whole takes a few seconds, most of them spent waiting for answers that never come.
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

  /// A fixture of its own for each test.
  protected abstract SinkFixture newFixture() throws Exception;

  /// What a busy machine may need beyond a deadline: little enough to stay below the timeouts that
  /// libraries come with, which would end a send too, and too late.
  protected Duration grace() {
    return Duration.ofSeconds(2);
  }

  /// The deadline of sends that nobody answers: as much as the sink needs to send a line.
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
