package dev.logshipper.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.SecretClassifier.Kind;
import dev.logshipper.config.Setting;
import dev.logshipper.secret.SecretReference.Service;
import dev.logshipper.sink.support.AwsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferenceTest {
  private static final String SECRET =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:team/logs-AbCdEf";
  private static final String PARAMETER =
      "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/team/logs";
  private static final Setting<String> TOKEN =
      Setting.optional("TOKEN", Parsers.text(), "A token.").secret();

  @Test
  void namesASecretAndItsMember() {
    assertThat(SecretReference.parse(SECRET))
        .isEqualTo(new SecretReference(Service.SECRETS_MANAGER, "eu-west-1", SECRET, ""));
    assertThat(SecretReference.parse(SECRET + "#pass word#1"))
        .isEqualTo(
            new SecretReference(Service.SECRETS_MANAGER, "eu-west-1", SECRET, "pass word#1"));
    assertThat(SecretReference.parse(PARAMETER + ":3"))
        .isEqualTo(new SecretReference(Service.SSM, "cn-north-1", PARAMETER + ":3", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:s3:::logs",
        "arn:aws:iam::123456789012:role/logs",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:logs-AbCdEf#",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:logs-AbCdEf:password::",
        "arn:aws:secretsmanager:eu-west-1:12345:secret:logs-AbCdEf",
        "arn:aws:secretsmanager:123456789012:secret:logs-AbCdEf",
        "arn:aws:secretsmanager:cn-north-1:123456789012:secret:logs-AbCdEf",
        "arn:aws:secretsmanager:moon-1:123456789012:secret:logs-AbCdEf",
        "arn:aws:ssm:eu-west-1:123456789012:document/logs",
        "arn:aws:ssm:eu-west-1:123456789012:parameter/",
        "arn:",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:logs AbCdEf",
      })
  void otherArnsAreUnusable(String text) {
    assertThat(SecretReference.parse(text)).isNull();
    assertThat(kind(TOKEN, " " + text)).isEqualTo(Kind.UNUSABLE);
  }

  @Test
  void listsReferToSecretsInTheirValues() throws SecretUnavailable {
    String text = "X-Team=logs,Authorization= " + SECRET + "#token,X-Arn=arn:aws:s3:::logs";
    assertThat(kind(TOKEN, text)).isEqualTo(Kind.REFERENCE);
    SecretTemplate template = Objects.requireNonNull(SecretTemplate.of(text));
    SecretReference reference = template.references().getFirst();
    assertThat(reference.key()).isEqualTo("token");
    assertThat(template.resolve(Map.of(reference, "Basic a=b")))
        .isEqualTo("X-Team=logs,Authorization=Basic a=b,X-Arn=arn:aws:s3:::logs");
    assertThatThrownBy(() -> template.resolve(Map.of(reference, "a,b=c")))
        .isInstanceOf(SecretUnavailable.class)
        .hasMessageContaining("comma");
    assertThat(kind(TOKEN, text.replace(":secret:", ":secrets:"))).isEqualTo(Kind.UNUSABLE);
  }

  @Test
  void aWholeVariableMayBeAListInASecret() throws SecretUnavailable {
    SecretTemplate template = Objects.requireNonNull(SecretTemplate.of(SECRET + "\n"));
    assertThat(template.resolve(Map.of(template.references().getFirst(), "a=b,c=d")))
        .isEqualTo("a=b,c=d");
  }

  @Test
  void theDocumentShowsReferences() throws IOException {
    String document = Files.readString(Path.of("../docs/secrets.md"));
    int begin = document.indexOf("```sh\n") + "```sh\n".length();
    String example = document.substring(begin, document.indexOf("```", begin));
    assertThat(example.lines().filter(line -> line.contains("arn:")))
        .hasSizeGreaterThan(3)
        .allMatch(line -> kind(TOKEN, line.substring(line.indexOf("arn:"))) == Kind.REFERENCE);
    for (Service service : Service.values()) {
      assertThat(document).contains("\"" + service.action() + "\"");
    }
  }

  @Test
  void textsWithArnsAreSecretsLikeOthers() {
    assertThat(kind(TOKEN, "token of arn:aws:s3:::logs")).isEqualTo(Kind.PLAIN);
    assertThat(kind(TOKEN, "role=arn:aws:iam::123456789012:role/logs")).isEqualTo(Kind.PLAIN);
  }

  @Test
  void theRolesOwnCredentialsAreNoReferences() {
    assertThat(kind(AwsSettings.SECRET_ACCESS_KEY, SECRET)).isEqualTo(Kind.PLAIN);
  }

  @Test
  void toStringShowsNoName() {
    assertThat(Objects.requireNonNull(SecretReference.parse(SECRET)))
        .hasToString("a reference to Secrets Manager");
  }

  private static Kind kind(Setting<?> setting, String text) {
    return SecretSettings.classifier().classify(setting, text);
  }
}
