package dev.logshipper.advisor.explain;

import dev.logshipper.advisor.doctor.Checkup;
import dev.logshipper.advisor.doctor.SettingInEffect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A secret of Secrets Manager or a parameter of SSM that a variable of the layer refers to.
///
/// @param isParameter whether it is a parameter
record SecretArn(
    String partition, boolean isParameter, String region, String account, String name) {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:([a-z-]+):(?:(secretsmanager)|ssm):([a-z0-9-]+):(\\d{12}):"
              + "(?:secret:|parameter/)([A-Za-z0-9/_+=.@!:-]+)");

  /// Secrets Manager appends a hyphen and six characters to a secret's name. A reference may omit
  /// them, a policy may not.
  private static final Pattern FULL_NAME = Pattern.compile(".*-[A-Za-z0-9]{6}");

  /// The references in variables that the layer reads, not in the function's own.
  static List<SecretArn> in(Checkup checkup) {
    Set<String> names = new LinkedHashSet<>();
    for (SettingInEffect setting : checkup.settings()) {
      if (setting.isGiven()) {
        names.add(setting.variable());
      }
    }
    List<SecretArn> found = new ArrayList<>();
    for (String name : names) {
      Matcher matcher = ARN.matcher(checkup.function().variables().getOrDefault(name, ""));
      while (matcher.find()) {
        boolean isParameter = matcher.group(2) == null;
        found.add(
            new SecretArn(
                matcher.group(1),
                isParameter,
                matcher.group(3),
                matcher.group(4),
                matcher.group(5)));
      }
    }
    return found;
  }

  String action() {
    return isParameter ? "ssm:GetParameter" : "secretsmanager:GetSecretValue";
  }

  /// The ARN in a policy: of a parameter without a version or label.
  String resource() {
    if (isParameter) {
      int version = name.indexOf(':');
      return arn("ssm", "parameter/" + (version < 0 ? name : name.substring(0, version)));
    }
    boolean isFull = FULL_NAME.matcher(name).matches();
    return arn("secretsmanager", "secret:" + name + (isFull ? "" : "-??????"));
  }

  /// The keys that may encrypt it.
  String keys() {
    return arn("kms", "key/KEY");
  }

  /// The service as KMS names it.
  String service() {
    String suffix = partition.equals("aws-cn") ? ".amazonaws.com.cn" : ".amazonaws.com";
    return (isParameter ? "ssm." : "secretsmanager.") + region + suffix;
  }

  private String arn(String service, String resource) {
    return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
  }
}
