package dev.logshipper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Problem;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.support.AwsSettings;
import dev.logshipper.testkit.Choices;
import dev.logshipper.testkit.GeneratedCases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Whatever the variables hold, each has a value in force or is named as a problem, and the options
/// made of them are there.
class SettingsFuzzTest {
  private static final List<Setting<?>> SETTINGS = settings();

  @Test
  void generatedEnvironmentsAreUnderstoodOrNamedAsProblems() throws IOException {
    GeneratedCases.check(getClass(), 200, SettingsFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    Map<String, String> environment = environment(new Choices(input));
    Settings settings = Settings.of(environment, SETTINGS);
    for (Setting<?> setting : SETTINGS) {
      boolean given = names(setting).stream().anyMatch(name -> isGiven(name, environment));
      assertThat(settings.isSet(setting) || isProblem(setting, settings))
          .as(setting.name())
          .isEqualTo(given || setting.isRequired());
      assertThat(settings.find(setting).isPresent())
          .isEqualTo(settings.isSet(setting) || setting.fallback().isPresent());
    }
    makesAConfiguration(environment);
  }

  private static void makesAConfiguration(Map<String, String> environment) {
    AvailableSinks sinks =
        new AvailableSinks(List.of(FakeProvider.of("one"), FakeProvider.of("two")), List.of());
    Configuration configuration = new Configuration(environment, sinks);
    assertThat(configuration.flush()).isNotNull();
    assertThat(configuration.logLevel()).isNotNull();
    assertThat(configuration.overflow()).isNotNull();
    assertThat(configuration.subscription()).isNotNull();
    assertThat(configuration.bufferBytesMax()).isPositive();
    assertThat(configuration.problemLine().orElse("none")).isNotBlank();
  }

  private static Map<String, String> environment(Choices choices) {
    Map<String, String> environment = new TreeMap<>();
    for (int count = choices.upTo(8); count > 0; count--) {
      List<String> names = names(SETTINGS.get(choices.upTo(SETTINGS.size() - 1)));
      environment.put(names.get(choices.upTo(names.size() - 1)), value(choices));
    }
    environment.put("PUSHER_" + choices.text(4), value(choices));
    return environment;
  }

  private static String value(Choices choices) {
    return switch (choices.upTo(4)) {
      case 0 -> Long.toString(choices.bits() >> choices.upTo(63));
      case 1 -> choices.oneOf("true", "FALSE", "batch", "one,two", "function,platform", "debug");
      case 2 -> "https://" + choices.text(8);
      default -> choices.text(12);
    };
  }

  private static boolean isGiven(String name, Map<String, String> environment) {
    return !environment.getOrDefault(name, "").isBlank();
  }

  private static boolean isProblem(Setting<?> setting, Settings settings) {
    return settings.problems().stream().map(Problem::variable).anyMatch(names(setting)::contains);
  }

  private static List<String> names(Setting<?> setting) {
    List<String> names = new ArrayList<>(setting.aliases());
    names.addFirst(setting.name());
    return names;
  }

  private static List<Setting<?>> settings() {
    List<Setting<?>> settings = new ArrayList<>(CoreSettings.ofUser());
    settings.addAll(PlatformSettings.all());
    settings.add(AwsSettings.ENDPOINT);
    settings.add(AwsSettings.SECRET_ACCESS_KEY);
    return settings;
  }
}
