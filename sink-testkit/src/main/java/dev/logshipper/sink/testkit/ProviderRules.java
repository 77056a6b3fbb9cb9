package dev.logshipper.sink.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A jar registers a usable provider, and opening its sink has no side effects (S1).
interface ProviderRules {
  SinkUnderTest sinkUnderTest();

  @Test
  default void providerIsRegisteredAsAService() {
    SinkProvider own = sinkUnderTest().fixture.provider();

    assertThat(ServiceLoader.load(SinkProvider.class).stream().map(ServiceLoader.Provider::type))
        .as("META-INF/services/%s must name the provider", SinkProvider.class.getName())
        .anyMatch(type -> type.isInstance(own));
  }

  @Test
  default void providerModeIsALowerCaseWord() {
    assertThat(sinkUnderTest().fixture.provider().mode()).matches("[a-z][a-z0-9-]*");
  }

  @Test
  default void providerHasTheCurrentSpiVersion() {
    assertThat(sinkUnderTest().fixture.provider().spiVersion()).isEqualTo(Spi.VERSION);
  }

  @Test
  default void providerDeclaresEachVariableOnce() {
    List<Setting<?>> settings = sinkUnderTest().fixture.provider().settings();
    Set<String> names = new HashSet<>();

    for (Setting<?> setting : settings) {
      assertThat(setting.name()).matches("[A-Za-z_][A-Za-z0-9_]*");
      assertThat(names.add(setting.name())).as("%s is unique", setting).isTrue();
      for (String alias : setting.aliases()) {
        assertThat(names.add(alias)).as("%s is unique", alias).isTrue();
      }
    }
  }

  @Test
  default void providerReturnsTheSameSettingsEachTime() {
    SinkProvider provider = sinkUnderTest().fixture.provider();

    // Core looks values up by identity of the setting.
    assertThat(provider.settings()).containsExactlyElementsOf(provider.settings());
  }

  @Test
  default void providerDescribesEachSetting() {
    for (Setting<?> setting : sinkUnderTest().fixture.provider().settings()) {
      assertThat(setting.summary()).as("summary of %s", setting).isNotBlank().doesNotContain("\n");
      assertThat(setting.expected()).as("expected value of %s", setting).isNotBlank();
    }
  }

  @Test
  default void providerAcceptsTheEnvironmentOfItsFixture() {
    SinkFixture fixture = sinkUnderTest().fixture;
    Settings settings = Settings.of(fixture.environment(), fixture.provider().settings());

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.isComplete(fixture.provider().settings())).isTrue();
  }

  @Test
  default void providerMarksSecrets() {
    SinkFixture fixture = sinkUnderTest().fixture;
    for (Setting<?> setting : fixture.provider().settings()) {
      for (String name : names(setting)) {
        String value = fixture.environment().getOrDefault(name, "");
        boolean holdsSecret = fixture.secrets().stream().anyMatch(value::contains);
        assertThat(holdsSecret && !setting.isSecret()).as("%s is not secret", name).isFalse();
      }
    }
  }

  @Test
  default void providerReturnsDefaultsForAnyEnvironment() {
    SinkFixture fixture = sinkUnderTest().fixture;
    SinkProvider provider = fixture.provider();

    assertThat(provider.defaults(Settings.of(Map.of(), provider.settings()))).isNotNull();
    assertThat(provider.defaults(Settings.of(fixture.environment(), provider.settings())))
        .isNotNull();
  }

  @Test
  default void providerRejectsContradictionsWithAMessage() {
    SinkFixture fixture = sinkUnderTest().fixture;
    for (Map<String, String> environment : fixture.contradictions()) {
      assertThatThrownBy(
              () -> fixture.provider().open(sinkUnderTest().context(environment)).close())
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .isNotBlank()
          .satisfies(message -> assertThat(fixture.secrets()).noneMatch(message::contains));
    }
  }

  @Test
  default void s01OpeningMakesNoConnectionAndStartsNoThread() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.sink();

    assertThat(sink.lane.descendants()).isEmpty();
    assertThat(sink.fixture.connections()).isZero();
    assertThat(sink.fixture.requests()).isZero();
  }

  private static Set<String> names(Setting<?> setting) {
    Set<String> names = new HashSet<>(setting.aliases());
    names.add(setting.name());
    return names;
  }
}
