package dev.logshipper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.platform.RestartState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaunchTest {
  @Test
  void theLauncherTellsWhatItKnows() {
    Launch launch =
        Launch.of(new String[] {"shipper", "id-1", "{}", "4321 subscribed waiting", "inherited"});
    assertThat(launch)
        .isEqualTo(
            new Launch("shipper", "id-1", "{}", Optional.of(new RestartState(4321, true)), true));
    assertThat(launch.isGuarded()).isTrue();
  }

  @Test
  void theFirstProcessHasNoPredecessor() {
    Launch launch = Launch.of(new String[] {"shipper", "id-1", "{}", "", "own"});
    assertThat(launch.handover()).isEmpty();
    assertThat(launch.isInherited()).isFalse();
    assertThat(launch.isGuarded()).isTrue();
  }

  @Test
  void withoutALauncherTheNameIsTheArgumentOrOurOwn() {
    assertThat(Launch.of(new String[] {}).extensionName()).isEqualTo("log-shipper");
    assertThat(Launch.of(new String[] {"other"}).extensionName()).isEqualTo("other");
    assertThat(Launch.of(new String[] {"other"}).isGuarded()).isFalse();
  }
}
