package dev.logshipper;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;

/// Who may know whom. The table in `core/README.md` says the same in words.
@AnalyzeClasses(packages = "dev.logshipper", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.logshipper";

  /// A further one is a decision: it is what strangers and other packages may come to rely on.
  private static final Set<String> PUBLIC_TYPES =
      Set.of(
          "LogShipperExtension",
          "time.Monitor",
          "time.Scheduler",
          "time.SystemMonitor",
          "time.SystemScheduler",
          "time.Task",
          "http1.BodyStream",
          "http1.HeadWriter",
          "http1.HttpException",
          "http1.HttpInput",
          "http1.MessageHead",
          "intake.IntakeCounts",
          "intake.LiftedField",
          "intake.LineStages",
          "intake.ListenerAddress",
          "intake.ListenerSocket",
          "intake.LogsListener",
          "flush.FlushContext",
          "flush.FlushPolicy",
          "flush.FlushTiming",
          "flush.InvocationHistory",
          "lifecycle.FlushConfig",
          "lifecycle.HeapTrimmer",
          "lifecycle.Lifecycle",
          "output.PrintingDiagnostics",
          "platform.EventSource",
          "platform.ExtensionEvent",
          "platform.ExtensionsApi",
          "platform.InvocationListener",
          "platform.InvocationTracker",
          "platform.PlatformException",
          "platform.Registration",
          "platform.RestartState",
          "platform.StatePipe",
          "platform.Subscription",
          "pipeline.FilterReason",
          "pipeline.LaneLedger",
          "pipeline.LaneConfig",
          "pipeline.LaneControl",
          "health.HealthRecords",
          "pipeline.HealthFormat",
          "pipeline.LaneHealth",
          "pipeline.Pipeline",
          "pipeline.PipelineHealth",
          "pipeline.Prerequisite",
          "pipeline.RecordFilter",
          "pipeline.Recorder",
          "recorder.FlightRecorder",
          "recorder.RecorderRules",
          "plugins.PluginDirectory",
          "redact.RedactionKind",
          "redact.Redactor",
          "select.PatternFilter",
          "select.RecordPattern",
          "select.MinLevel",
          "select.Sample",
          "secret.LaneSecrets",
          "secret.SecretSettings",
          "settings.AvailableSinks",
          "settings.Configuration",
          "settings.LauncherArguments",
          "pipeline.Spool",
          "spool.SpoolFolder",
          "tls.LazyTrustManager",
          "tls.ServerName",
          "tls.TlsLibrary");

  @ArchTest static final ArchRule nothingDependsOnTheWiring = mayNotKnow("..", ROOT);

  @ArchTest
  static final ArchRule lifecycleKnowsPlatformFlushPipelineSinkAndTimeOnly =
      mayKnow("lifecycle", "platform", "flush", "pipeline", "sink", "time");

  @ArchTest static final ArchRule flushKnowsSinkOnly = mayKnow("flush", "sink");

  @ArchTest
  static final ArchRule platformKnowsSinkTextAndTimeOnly =
      mayKnow("platform", "http1", "sink", "sink.support.text", "time");

  @ArchTest
  static final ArchRule intakeKnowsPlatformPipelineSinkTextAndTimeOnly =
      mayKnow(
          "intake", "output", "platform", "http1", "pipeline", "sink", "sink.support.text", "time");

  @ArchTest
  static final ArchRule pipelineKnowsSinkTextAndTimeOnly =
      mayKnow("pipeline", "sink", "sink.support.text", "time");

  @ArchTest
  static final ArchRule spoolKnowsPipelineAndSinkOnly = mayKnow("spool", "pipeline", "sink");

  @ArchTest
  static final ArchRule redactKnowsSelectSinkAndTextOnly =
      mayKnow("redact", "select", "sink", "sink.support.text");

  @ArchTest
  static final ArchRule healthKnowsPipelineSinkAndTextOnly =
      mayKnow("health", "pipeline", "sink", "sink.support.text");

  @ArchTest
  static final ArchRule secretKnowsPipelineSinkSupportTextAndConfigOnly =
      mayKnow("secret", "pipeline", "sink", "sink.support", "sink.support.text", "config");

  @ArchTest
  static final ArchRule recorderKnowsPipelineSinkAndTextOnly =
      mayKnow("recorder", "pipeline", "sink", "sink.support.text");

  @ArchTest
  static final ArchRule selectKnowsPipelineAndSinkOnly = mayKnow("select", "pipeline", "sink");

  @ArchTest
  static final ArchRule sinkKnowsConfigAndTextOnly = mayKnow("sink", "config", "sink.support.text");

  @ArchTest
  static final ArchRule pluginsKnowSinkAndConfigOnly = mayKnow("plugins", "sink", "config");

  @ArchTest
  static final ArchRule supportKnowsSinkConfigTextHttp1AndTlsOnly =
      mayKnow("sink.support", "sink", "config", "sink.support.text", "http1", "tls");

  @ArchTest
  static final ArchRule outputKnowsSinkAndTextOnly = mayKnow("output", "sink", "sink.support.text");

  @ArchTest
  static final ArchRule nothingButTheWiringKnowsSettings =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, ROOT + ".settings")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".settings");

  @ArchTest static final ArchRule configKnowsNothing = mayKnow("config");

  @ArchTest static final ArchRule http1KnowsNothing = mayKnow("http1");

  @ArchTest static final ArchRule timeKnowsNothing = mayKnow("time");

  @ArchTest static final ArchRule tlsKnowsNothing = mayKnow("tls");

  @ArchTest static final ArchRule textKnowsNothing = mayKnow("sink.support.text");

  @ArchTest
  static final ArchRule onlyConfigReadsTheEnvironment =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".config")
          .should()
          .accessTargetWhere(member(System.class, "getenv"));

  @ArchTest
  static final ArchRule onlyTheWiringTouchesTheStandardStreams =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".LogShipperExtension")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + ".plugins.PluginOutput")
          .should()
          .accessField(System.class, "err")
          .orShould()
          .accessField(System.class, "in");

  @ArchTest
  static final ArchRule nobodyWritesToStandardOutput =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".plugins.PluginOutput")
          .should()
          .accessField(System.class, "out");

  @ArchTest
  static final ArchRule noLoggingFramework =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule theStartPathUsesNothingThatStartsSlowly =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT,
              ROOT + ".settings",
              ROOT + ".plugins",
              ROOT + ".flush",
              ROOT + ".lifecycle",
              ROOT + ".platform",
              ROOT + ".http1",
              ROOT + ".intake",
              ROOT + ".pipeline",
              ROOT + ".time",
              ROOT + ".sink.support.text")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.regex..", "java.time.format..", "java.util.stream..")
          .orShould()
          .accessTargetWhere(member(String.class, "format"))
          .orShould()
          .accessTargetWhere(member(String.class, "formatted"));

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      classes()
          .should()
          .haveNameNotMatching(".*(?<!Trust)(Manager|Helper|Util|Utils|Impl)(\\$.*)?");

  @ArchTest
  static void onlyTheListedTypesArePublic(JavaClasses all) {
    Set<String> seen = new TreeSet<>();
    for (JavaClass type : all) {
      if (type.isTopLevelClass()
          && type.getModifiers().contains(JavaModifier.PUBLIC)
          && !isOpenPackage(type.getPackageName())) {
        seen.add(type.getName().substring(ROOT.length() + 1));
      }
    }
    assertThat(seen).isEqualTo(new TreeSet<>(PUBLIC_TYPES));
  }

  private static boolean isOpenPackage(String name) {
    return Set.of(
            ROOT + ".sink", ROOT + ".config", ROOT + ".sink.support", ROOT + ".sink.support.text")
        .contains(name);
  }

  private static ArchRule mayKnow(String from, String... others) {
    Set<String> allowed = new TreeSet<>(Set.of(ROOT + "." + from));
    for (String other : others) {
      allowed.add(ROOT + "." + other);
    }
    return classes()
        .that()
        .resideInAPackage(ROOT + "." + from)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are in " + allowed + " or the platform's",
                type ->
                    !type.getPackageName().startsWith(ROOT)
                        || allowed.contains(type.getPackageName())));
  }

  private static ArchRule mayNotKnow(String from, String to) {
    return noClasses()
        .that()
        .resideInAPackage(ROOT + from)
        .and()
        .resideOutsideOfPackage(to)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(to);
  }

  private static DescribedPredicate<JavaAccess<?>> member(Class<?> owner, String name) {
    return DescribedPredicate.describe(
        "target is " + owner.getSimpleName() + "." + name,
        access ->
            access.getTargetOwner().isEquivalentTo(owner)
                && access.getTarget().getName().equals(name));
  }
}
