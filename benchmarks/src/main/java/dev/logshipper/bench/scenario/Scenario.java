package dev.logshipper.bench.scenario;

import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.process.FunctionProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The scenarios, as on the command line.
public enum Scenario {
  START {
    @Override
    public List<Experiment> experiments(RunSettings settings) {
      List<Experiment> all = new ArrayList<>();
      limits(settings).map(Start::new).forEach(all::add);
      all.add(FirstInvocation.compared(settings.throttledInit()));
      return all;
    }
  },
  COLD_START {
    @Override
    public List<Experiment> experiments(RunSettings settings) {
      List<Experiment> all = new ArrayList<>();
      for (FunctionProgram function : FunctionProgram.values()) {
        if (!settings.comparison() || function == FunctionProgram.NODE) {
          ColdStart.limits().forEach(limit -> all.add(new ColdStart(function, limit)));
        }
      }
      return all;
    }
  },
  WARM_UP {
    @Override
    public List<Experiment> experiments(RunSettings settings) {
      List<Experiment> all = new ArrayList<>();
      for (int megabytes : settings.sizesOr(FirstInvocation.MEMORY_MEGABYTES)) {
        CpuLimit limit = new CpuLimit(megabytes, settings.throttledInit());
        for (WarmUpSetting warmUp : WarmUpSetting.values()) {
          all.add(new FirstInvocation(limit, warmUp, settings.sinks().getFirst()));
        }
      }
      return all;
    }
  },
  STEADY {
    @Override
    public List<Experiment> experiments(RunSettings settings) {
      return limits(settings).<Experiment>map(Steady::new).toList();
    }
  },
  VOLUME {
    @Override
    public List<Experiment> experiments(RunSettings settings) {
      return settings.longVolume()
          ? List.of(Volume.STANDARD, Volume.LONG)
          : List.of(Volume.STANDARD);
    }
  },
  OUTAGE {
    @Override
    public List<Experiment> experiments(RunSettings settings) {
      List<Experiment> all = new ArrayList<>(List.of(new Outage()));
      for (Load.Health health : Load.Health.values()) {
        all.add(new Load(24, 5, health, Load.LARGE_BUFFER_BYTES));
      }
      all.add(new Load(20, 10, Load.Health.HEALTHY, Load.SMALL_BUFFER_BYTES));
      return all;
    }
  },
  PATTERNS {
    @Override
    public List<Experiment> experiments(RunSettings settings) {
      String sink = settings.comparison() ? settings.sinks().getFirst() : null;
      return Stream.of(ArrivalPattern.values())
          .<Experiment>map(pattern -> new Patterns(pattern, sink))
          .toList();
    }
  },
  SIZE {
    @Override
    public List<Experiment> experiments(RunSettings settings) {
      return List.of(new LayerSize());
    }
  },
  MEMORY {
    @Override
    public List<Experiment> experiments(RunSettings settings) {
      return List.of(MemoryLimit.in(settings.memoryGroup()));
    }
  };

  /// Those of `compare`; the last lasts minutes.
  public static final List<Scenario> COMPARED =
      List.of(START, COLD_START, STEADY, VOLUME, SIZE, PATTERNS);

  /// Its tables.
  public abstract List<Experiment> experiments(RunSettings settings);

  /// No limit, then each requested one.
  private static Stream<CpuLimit> limits(RunSettings settings) {
    return Stream.concat(
        Stream.of(CpuLimit.NONE),
        settings.memoryMegabytes().stream()
            .map(megabytes -> new CpuLimit(megabytes, settings.throttledInit())));
  }

  /// The name on the command line.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The scenario of a name.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists all names
  public static Scenario named(String word) {
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
