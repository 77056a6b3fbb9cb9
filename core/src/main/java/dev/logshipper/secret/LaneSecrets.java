package dev.logshipper.secret;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.Prerequisite;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.Sink;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The secrets that the settings of one sink refer to: read before the sink is opened, and again
/// when they are old or the destination rejects them. Confined to the lane's thread.
public final class LaneSecrets implements Prerequisite {
  /// For one reading of all of them.
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Map<String, String> environment;
  private final Collection<Setting<?>> owned;
  private final Map<Setting<?>, SecretTemplate> templates;
  private final Function<Settings, Sink> opener;
  private final Diagnostics diagnostics;
  private final LongSupplier nanoClock;
  private final LongSupplier epochMillis;
  private @Nullable Current current;

  /// @param texts of the variables that refer to secrets
  /// @param settings with these secrets
  private record Current(Map<String, String> texts, Settings settings) {}

  private LaneSecrets(
      Map<String, String> environment,
      Collection<Setting<?>> owned,
      Map<Setting<?>, SecretTemplate> templates,
      Function<Settings, Sink> opener,
      Diagnostics diagnostics,
      LongSupplier nanoClock,
      LongSupplier epochMillis) {
    this.environment = environment;
    this.owned = owned;
    this.templates = templates;
    this.opener = opener;
    this.diagnostics = diagnostics;
    this.nanoClock = nanoClock;
    this.epochMillis = epochMillis;
  }

  /// The secrets of a sink.
  ///
  /// @param owned the sink's settings
  /// @param opener opens the sink with the values of its settings
  /// @param nanoClock monotonic
  /// @param epochMillis wall clock
  public static LaneSecrets of(
      Map<String, String> environment,
      Settings settings,
      Collection<Setting<?>> owned,
      Function<Settings, Sink> opener,
      Diagnostics diagnostics,
      LongSupplier nanoClock,
      LongSupplier epochMillis) {
    Map<Setting<?>, SecretTemplate> templates = new LinkedHashMap<>();
    for (Setting<?> setting : owned) {
      String text = settings.reference(setting, environment).orElse(null);
      SecretTemplate template = text == null ? null : SecretTemplate.of(text);
      if (template != null) {
        templates.put(setting, template);
      }
    }
    return new LaneSecrets(
        environment, owned, templates, opener, diagnostics, nanoClock, epochMillis);
  }

  @Override
  public @Nullable String obtain(Deadline deadline) throws InterruptedException {
    try {
      boolean _ = read(deadline);
      return null;
    } catch (SecretUnavailable failure) {
      return failure.reason();
    }
  }

  /// Opens the sink with the secrets, which have been obtained.
  public Sink open() {
    return new RenewingSink(this, openWithCurrent(), diagnostics, nanoClock);
  }

  Sink openWithCurrent() {
    Current known = current;
    if (known == null) {
      throw new IllegalStateException("no secrets yet");
    }
    return opener.apply(known.settings);
  }

  /// Reads all secrets.
  ///
  /// @return whether one of them has changed
  boolean read(Deadline deadline) throws SecretUnavailable, InterruptedException {
    Settings own = Settings.of(environment, SecretSettings.all());
    Map<String, String> texts = new HashMap<>();
    Deadline limit = deadline.atMost(LIMIT);
    try (SecretClient client = new SecretClient(own, diagnostics, epochMillis)) {
      for (Map.Entry<Setting<?>, SecretTemplate> entry : templates.entrySet()) {
        String name = entry.getKey().name();
        try {
          texts.put(name, text(entry.getValue(), client, limit));
        } catch (SecretUnavailable failure) {
          throw new SecretUnavailable(name + ": " + failure.reason());
        }
      }
    }
    Current known = current;
    if (known != null && known.texts.equals(texts)) {
      return false;
    }
    current = new Current(texts, settings(texts));
    return true;
  }

  private static String text(SecretTemplate template, SecretClient client, Deadline deadline)
      throws SecretUnavailable, InterruptedException {
    Map<SecretReference, String> secrets = new HashMap<>();
    for (SecretReference reference : template.references()) {
      secrets.put(reference, client.read(reference, deadline));
    }
    return template.resolve(secrets);
  }

  private Settings settings(Map<String, String> texts) throws SecretUnavailable {
    Map<String, String> resolved = new HashMap<>(environment);
    resolved.putAll(texts);
    Settings settings = Settings.of(resolved, owned);
    for (Setting<?> setting : templates.keySet()) {
      if (!settings.isSet(setting)) {
        throw new SecretUnavailable(
            setting.name() + ": the secret is unusable, expected " + setting.expected());
      }
    }
    return settings;
  }
}
