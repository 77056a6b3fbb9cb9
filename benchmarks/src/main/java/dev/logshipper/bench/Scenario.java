package dev.logshipper.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What can be measured, by the name on the command line.
enum Scenario {
  START {
    @Override
    List<Experiment> experiments(Settings settings) {
      return limits(settings).<Experiment>map(Start::new).toList();
    }
  },
  COLD_START {
    @Override
    List<Experiment> experiments(Settings settings) {
      List<Experiment> all = new ArrayList<>();
      for (FunctionProgram function : FunctionProgram.values()) {
        all.add(new ColdStart(function, CpuLimit.NONE));
        if (CpuLimit.groupsAreToBeHad()) {
          all.add(new ColdStart(function, new CpuLimit(CpuLimit.ONE_CORE_MEGABYTES, true)));
        }
      }
      return all;
    }
  },
  WARM_UP {
    @Override
    List<Experiment> experiments(Settings settings) {
      List<Experiment> all = new ArrayList<>();
      for (int megabytes : settings.sizesOr(WarmUp.MEGABYTES)) {
        CpuLimit limit = new CpuLimit(megabytes, false);
        all.add(new WarmUp(limit, 0));
        all.add(new WarmUp(limit, WarmUp.LONGEST_MILLIS));
      }
      return all;
    }
  },
  STEADY {
    @Override
    List<Experiment> experiments(Settings settings) {
      return limits(settings).<Experiment>map(Steady::new).toList();
    }
  },
  VOLUME {
    @Override
    List<Experiment> experiments(Settings settings) {
      return settings.lasting() ? List.of(Volume.USUAL, Volume.LASTING) : List.of(Volume.USUAL);
    }
  },
  OUTAGE {
    @Override
    List<Experiment> experiments(Settings settings) {
      List<Experiment> all = new ArrayList<>(List.of(new Outage()));
      for (Load.Mood mood : Load.Mood.values()) {
        all.add(new Load(24, 5, mood, Load.LARGE_BUFFER_BYTES));
      }
      all.add(new Load(20, 10, Load.Mood.HEALTHY, Load.SMALL_BUFFER_BYTES));
      return all;
    }
  },
  PATTERNS {
    @Override
    List<Experiment> experiments(Settings settings) {
      return Stream.of(ArrivalPattern.values()).<Experiment>map(Patterns::new).toList();
    }
  },
  SIZE {
    @Override
    List<Experiment> experiments(Settings settings) {
      return List.of(new LayerSize(settings.build()));
    }
  },
  MEMORY {
    @Override
    List<Experiment> experiments(Settings settings) {
      return List.of(SmallFunction.in(settings.memoryGroup()));
    }
  };

  /// Its tables.
  abstract List<Experiment> experiments(Settings settings);

  /// No limit, and then each that was asked for.
  private static Stream<CpuLimit> limits(Settings settings) {
    return Stream.concat(
        Stream.of(CpuLimit.NONE),
        settings.memoryMegabytes().stream()
            .map(megabytes -> new CpuLimit(megabytes, settings.throttledInit())));
  }

  /// As on the command line.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @throws IllegalArgumentException when there is none; the message names those that exist
  static Scenario named(String word) {
    List<String> words = new ArrayList<>();
    for (Scenario scenario : values()) {
      if (scenario.word().equals(word)) {
        return scenario;
      }
      words.add(scenario.word());
    }
    throw new IllegalArgumentException(
        "'" + word + "' is not a scenario: expected " + String.join(", ", words));
  }
}
