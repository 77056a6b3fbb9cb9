package dev.logshipper.advisor.doctor;

import java.util.Locale;

/// How to fix a failed send, by the reason that the sink gives.
final class Hint {
  private Hint() {}

  static String of(String mode, String reason) {
    String text = reason.toLowerCase(Locale.ROOT);
    boolean aws = mode.equals("s3") || mode.equals("kinesis");
    if (has(text, "401", "unauthorized")) {
      return "the token or the password is wrong or missing";
    }
    if (has(text, "403", "accessdenied", "access denied", "forbidden", "denies")) {
      return aws
          ? "the role needs the policy that scripts/explain prints; a bucket or key policy may deny it"
          : "the token or the user may not write there, or a firewall blocks the request";
    }
    if (has(text, "nosuchbucket", "resourcenotfound", "does not exist")) {
      return "correct the name, the region and the account";
    }
    if (has(text, "404", "405", "not found")) {
      return "correct the path of the URL";
    }
    if (has(text, "301", "302", "307", "308", "region")) {
      return "the destination is elsewhere: use the URL or the region that it names";
    }
    if (has(text, "credential", "signature", "expired", "token")) {
      return "set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN in this shell to"
          + " valid credentials";
    }
    if (has(text, "certificate", "tls", "trust")) {
      return "a private authority needs a CA file; see the sink's page";
    }
    if (has(text, "429", "throttl", "503", "500", "502", "504")) {
      return "the destination is busy or broken: try again later";
    }
    return "see docs/doctor.md";
  }

  private static boolean has(String text, String... words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
