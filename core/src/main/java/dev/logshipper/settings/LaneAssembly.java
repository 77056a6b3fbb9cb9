package dev.logshipper.settings;

import static java.util.Objects.requireNonNull;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.LaneConfig.Chain;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Builds the lanes of the selected sinks.
///
/// @param environment the variables of the process, for secrets
/// @param contradictory sinks that cannot be opened, because their variables contradict one another
record LaneAssembly(
    Map<String, String> environment,
    Settings settings,
    EffectiveSettings effective,
    Map<SinkProvider, SelectedSink> selected,
    Set<SinkProvider> contradictory,
    Supplier<FunctionIdentity> function,
    Diagnostics diagnostics) {

  /// @param bufferBytesMax half of which each flight recorder may hold
  /// @param concurrent whether invocations run at the same time
  List<LaneConfig> lanes(Modes modes, long bufferBytesMax, boolean concurrent) {
    List<LaneConfig> lanes = new ArrayList<>();
    for (List<SinkProvider> chain : modes.chains()) {
      for (int i = 0; i < chain.size(); i++) {
        String fallback = i + 1 < chain.size() ? chain.get(i + 1).mode() : null;
        lanes.add(lane(chain.get(i), new Chain(i > 0, fallback), bufferBytesMax, concurrent));
      }
    }
    for (String mode : modes.unknown()) {
      lanes.add(lane(SelectedSink.none(mode), null, Chain.ALONE, bufferBytesMax, concurrent));
    }
    return lanes;
  }

  private LaneConfig lane(
      SinkProvider provider, Chain chain, long bufferBytesMax, boolean concurrent) {
    List<Setting<?>> owned = provider.settings();
    SinkContext context = new SinkContext(settings.only(owned), function, diagnostics);
    SelectedSink sink = requireNonNull(selected.get(provider));
    boolean usable =
        settings.isComplete(owned)
            && !rules(sink).isUnusable()
            && !contradictory.contains(provider);
    Supplier<Sink> opener = usable ? () -> provider.open(context) : null;
    LaneConfig lane = lane(sink, opener, chain, bufferBytesMax, concurrent);
    Setting<String> key = usable ? rules(sink).referredKey() : null;
    return key != null || (usable && settings.hasReference(owned))
        ? ReferredSecrets.lane(lane, environment, provider, key, settings, function, diagnostics)
        : lane;
  }

  private LaneConfig lane(
      SelectedSink sink,
      @Nullable Supplier<Sink> opener,
      Chain chain,
      long bufferBytesMax,
      boolean concurrent) {
    return new LaneConfig(
        sink.mode(),
        opener,
        effective.unwantedTypes(sink),
        effective.batching(sink),
        effective.retries(sink),
        rules(sink).laneControl(bufferBytesMax, concurrent, diagnostics),
        chain,
        null);
  }

  private LaneRules rules(SelectedSink sink) {
    return new LaneRules(settings, sink.own());
  }
}
