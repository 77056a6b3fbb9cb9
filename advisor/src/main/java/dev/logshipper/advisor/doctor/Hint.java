package dev.logshipper.advisor.doctor;

import java.util.List;
import java.util.Locale;

/// How to fix a failed send, by the reason that the sink gives. The first rule that applies counts.
final class Hint {
  private static final String CREDENTIALS =
      "set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN in this shell to valid"
          + " credentials";
  private static final String NO_PROXY =
      "correct the proxy's URL, or exempt the destination with NO_PROXY";

  /// For any sink.
  private static final List<Rule> RULES =
      List.of(
          rule("correct the user and the password in the proxy's URL", "returned 407"),
          rule("the proxy must allow the destination, or exempt it with NO_PROXY", "to connect"),
          rule(NO_PROXY, "the proxy "),
          rule("correct the URL; in a VPC, its DNS must know the name", "unknown host"),
          rule(
              "correct host and port, and check that the server runs",
              "connection refused",
              "no route"),
          rule(
              "check that the destination responds, security groups, firewalls and the way out of the VPC",
              "timed out",
              "did not respond"),
          rule(
              "ship the PEM file of a private authority with the function, name it in that"
                  + " variable, and have it on this machine, too",
              "is not trusted"),
          rule("correct http:// or https:// and the port", "speak tls", "invalid http response"),
          rule(
              "the server, or a proxy in front of it, ends connections: read its log",
              "connection reset"),
          rule(CREDENTIALS, "no credentials"),
          rule("the destination is busy or broken: try again later", "returned 429", "returned 5"));

  private static final List<Rule> OF_AWS =
      List.of(
          rule(
              CREDENTIALS,
              "returned 401",
              "invalidaccesskeyid",
              "signaturedoesnotmatch",
              "unrecognizedclient",
              "invalidsignature",
              "incompletesignature",
              "expired",
              "invalidtoken"),
          rule(
              "correct the name, the region and the account",
              "does not exist",
              "there is no",
              "notfound",
              "is not in"),
          rule(
              "the role needs the policy that scripts/explain prints; a bucket or key policy may"
                  + " deny it",
              "returned 403",
              "accessdenied",
              "denies"),
          rule("throttled or broken: try again later", "throttl", "slowdown", "unavailable"),
          rule(
              "correct the variable with the endpoint (AWS_ENDPOINT_URL_...) and the region",
              "returned 30",
              "returned 404",
              "returned 405"));

  private static final List<Rule> OF_HTTP =
      List.of(
          rule("the token or the password is wrong or missing", "returned 401"),
          rule(
              "the token or the user may not write there, or a firewall blocks the request",
              "returned 403"),
          rule("correct the path of the URL", "returned 404", "returned 405", "returned 410"),
          rule("the destination is elsewhere: use the URL that it redirects to", "returned 30"),
          rule("the destination wants another form or smaller requests", "returned 4"));

  /// @param words of a reason, any of which is enough
  private record Rule(String hint, List<String> words) {}

  private Hint() {}

  private static Rule rule(String hint, String... words) {
    return new Rule(hint, List.of(words));
  }

  static String of(String mode, String reason) {
    String text = reason.toLowerCase(Locale.ROOT);
    boolean aws = mode.equals("s3") || mode.equals("kinesis");
    for (List<Rule> rules : List.of(RULES, aws ? OF_AWS : OF_HTTP)) {
      for (Rule rule : rules) {
        if (rule.words.stream().anyMatch(text::contains)) {
          return rule.hint;
        }
      }
    }
    return "see docs/doctor.md";
  }
}
