package dev.logshipper.secret;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.SecretClassifier;
import dev.logshipper.config.Setting;
import dev.logshipper.sink.support.AwsSettings;
import dev.logshipper.sink.support.ProxySettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// The variables for reading secrets. They are declared only if a variable refers to a secret, and
/// cannot be references themselves.
public final class SecretSettings {
  static final Setting<URI> SECRETS_MANAGER_ENDPOINT =
      Setting.optional(
              "AWS_ENDPOINT_URL_SECRETS_MANAGER",
              Parsers.httpUrl(),
              "URL of Secrets Manager, if not the public one of the secret's region")
          .secret();

  static final Setting<URI> SSM_ENDPOINT =
      Setting.optional(
              "AWS_ENDPOINT_URL_SSM",
              Parsers.httpUrl(),
              "URL of SSM, if not the public one of the parameter's region")
          .secret();

  private static final List<Setting<?>> ALL = declared();

  private SecretSettings() {}

  private static List<Setting<?>> declared() {
    List<Setting<?>> all = new ArrayList<>();
    all.add(SECRETS_MANAGER_ENDPOINT);
    all.add(SSM_ENDPOINT);
    all.add(AwsSettings.ENDPOINT);
    all.add(AwsSettings.USE_FIPS);
    all.add(AwsSettings.USE_DUAL_STACK);
    all.add(AwsSettings.CA_BUNDLE);
    all.add(AwsSettings.ACCESS_KEY_ID);
    all.add(AwsSettings.SECRET_ACCESS_KEY);
    all.add(AwsSettings.SESSION_TOKEN);
    all.add(AwsSettings.CREDENTIALS_URI);
    all.add(AwsSettings.CREDENTIALS_TOKEN);
    all.addAll(ProxySettings.shared());
    return List.copyOf(all);
  }

  /// All of them.
  public static List<Setting<?>> all() {
    return ALL;
  }

  /// Recognizes references to secrets in the environment.
  public static SecretClassifier classifier() {
    return new Classifier();
  }

  private static final class Classifier implements SecretClassifier {
    @Override
    public String expected() {
      return SecretReference.EXPECTED;
    }

    @Override
    public SecretClassifier.Kind classify(Setting<?> setting, String text) {
      return SecretSettings.classify(setting, text);
    }
  }

  private static SecretClassifier.Kind classify(Setting<?> setting, String text) {
    if (ALL.contains(setting)) {
      return SecretClassifier.Kind.PLAIN;
    }
    if (SecretTemplate.isUnusable(text)) {
      return SecretClassifier.Kind.UNUSABLE;
    }
    return SecretTemplate.of(text) == null
        ? SecretClassifier.Kind.PLAIN
        : SecretClassifier.Kind.REFERENCE;
  }

  static Setting<URI> endpoint(SecretReference.Service service) {
    return service == SecretReference.Service.SSM ? SSM_ENDPOINT : SECRETS_MANAGER_ENDPOINT;
  }
}
