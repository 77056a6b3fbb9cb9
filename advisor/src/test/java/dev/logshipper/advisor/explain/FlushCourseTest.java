package dev.logshipper.advisor.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.flush.FlushTiming;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class FlushCourseTest {
  private static FlushCourse course(int invocations, IntPredicate held) {
    FlushCourse course = new FlushCourse();
    for (int i = 0; i < invocations; i++) {
      course.made(
          5_000_000_000L + i * 1_000_000_000L, held.test(i) ? FlushTiming.END : FlushTiming.NONE);
    }
    return course;
  }

  @Test
  void equalDecisionsAreOnePhase() {
    assertThat(course(100, _ -> true).phases()).containsExactly(new FlushPhase(1, 0, 100, 100));
  }

  @Test
  void firstDecisionsWithoutHistoryAreAPhase() {
    assertThat(course(1_000, i -> i < 2).phases())
        .containsExactly(new FlushPhase(1, 0, 2, 2), new FlushPhase(3, 2, 998, 0));
  }

  @Test
  void chanceIsNoPhase() {
    Random random = new Random(1);

    assertThat(course(3_000, _ -> random.nextDouble() < 0.9).phases()).hasSize(1);
  }

  @Test
  void lastingChangeIsAPhase() {
    assertThat(course(900, i -> i >= 300 && i < 600).phases())
        .extracting(FlushPhase::fromInvocation)
        .containsExactly(1, 301, 601);
  }

  @Test
  void shortExceptionIsNoPhase() {
    assertThat(course(1_000, i -> i < 500 || i > 505).phases())
        .containsExactly(new FlushPhase(1, 0, 1_000, 994));
  }

  @Test
  void onlyTheFirstHourAndEnvironmentCount() {
    assertThat(course(5_000, _ -> true).phases())
        .containsExactly(new FlushPhase(1, 0, 3_601, 3_601));
    FlushCourse course = course(3, _ -> true);
    course.end();
    course.made(0, FlushTiming.END);
    assertThat(course.phases()).containsExactly(new FlushPhase(1, 0, 3, 3));
  }
}
