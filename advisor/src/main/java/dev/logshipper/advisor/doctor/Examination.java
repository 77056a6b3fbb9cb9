package dev.logshipper.advisor.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All checks that were asked for.
///
/// @param connect whether to connect to the destinations
/// @param send whether to send a test record to them
/// @param credentials variables of the user's shell with AWS's credentials
public record Examination(boolean connect, boolean send, Map<String, String> credentials) {

  public Examination {
    credentials = Map.copyOf(credentials);
  }

  /// Runs them.
  public List<Finding> of(Checkup checkup) throws InterruptedException {
    List<Finding> findings = new ArrayList<>(checkup.findings());
    findings.addAll(FactRules.check(checkup.function()));
    if (connect || send) {
      findings.addAll(network(checkup));
    }
    return findings;
  }

  private List<Finding> network(Checkup checkup) throws InterruptedException {
    if (!checkup.function().unknown().isEmpty()) {
      return List.of(Finding.note("not connected: some variables are unknown until deployed"));
    }
    List<Finding> findings = new ArrayList<>();
    String region = checkup.environment().getOrDefault("AWS_REGION", "");
    for (String mode : checkup.configuration().reportEntries().keySet()) {
      if (!mode.isEmpty()) {
        Destination destination = Destination.of(mode, checkup.environment(), region);
        findings.addAll(Connection.check(mode, destination, checkup.environment()));
      }
    }
    if (send) {
      findings.addAll(new TestRecord(withCredentials(checkup)).send());
    }
    return findings;
  }

  private Checkup withCredentials(Checkup checkup) {
    Map<String, String> variables = new LinkedHashMap<>(credentials);
    variables.putAll(checkup.function().variables());
    return Checkup.of(checkup.function().with(variables));
  }
}
