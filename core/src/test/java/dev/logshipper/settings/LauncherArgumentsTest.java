package dev.logshipper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.platform.RestartState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LauncherArgumentsTest {
  @Test
  void theLauncherTellsWhatItKnows() {
    LauncherArguments launch =
        LauncherArguments.of(new String[] {"shipper", "id-1", "{}", "4321 subscribed waiting", "inherited"});
    assertThat(launch)
        .isEqualTo(
            new LauncherArguments("shipper", "id-1", "{}", Optional.of(new RestartState(4321, true)), true));
    assertThat(launch.isGuarded()).isTrue();
  }

  @Test
  void theFirstProcessHasNoPredecessor() {
    LauncherArguments launch = LauncherArguments.of(new String[] {"shipper", "id-1", "{}", "", "own"});
    assertThat(launch.handover()).isEmpty();
    assertThat(launch.isInherited()).isFalse();
    assertThat(launch.isGuarded()).isTrue();
  }

  @Test
  void withoutALauncherTheNameIsTheArgumentOrOurOwn() {
    assertThat(LauncherArguments.of(new String[] {}).extensionName()).isEqualTo("log-shipper");
    assertThat(LauncherArguments.of(new String[] {"other"}).extensionName()).isEqualTo("other");
    assertThat(LauncherArguments.of(new String[] {"other"}).isGuarded()).isFalse();
  }
}
