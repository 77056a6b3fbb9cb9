package dev.logshipper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.platform.RestartState;
import org.junit.jupiter.api.Test;

class LauncherArgumentsTest {
  @Test
  void launcherPassesTheRegistrationAndTheState() {
    LauncherArguments arguments =
        LauncherArguments.of(
            new String[] {
              "shipper", "id-1", "{}", "4321 subscribed waiting", "inherited", "own", "137"
            });
    assertThat(arguments)
        .isEqualTo(
            new LauncherArguments(
                "shipper", "id-1", "{}", new RestartState(4321, true), true, false, "137"));
    assertThat(arguments.isSupervised()).isTrue();
  }

  @Test
  void firstProcessHasNoState() {
    LauncherArguments arguments =
        LauncherArguments.of(new String[] {"shipper", "id-1", "{}", "", "own", "inherited", ""});
    assertThat(arguments.restartState()).isNull();
    assertThat(arguments.hasConnection()).isFalse();
    assertThat(arguments.hasListener()).isTrue();
    assertThat(arguments.predecessorStatus()).isEmpty();
    assertThat(arguments.isSupervised()).isTrue();
  }

  @Test
  void withoutALauncherTheNameIsTheArgumentOrTheDefault() {
    assertThat(LauncherArguments.of(new String[] {}).extensionName()).isEqualTo("log-shipper");
    assertThat(LauncherArguments.of(new String[] {"other"}).extensionName()).isEqualTo("other");
    assertThat(LauncherArguments.of(new String[] {"other"}).isSupervised()).isFalse();
  }
}
