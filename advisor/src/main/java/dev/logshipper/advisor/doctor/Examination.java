package dev.logshipper.advisor.doctor;

import dev.logshipper.advisor.doctor.Finding.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    TestRecord record = new TestRecord(send ? withCredentials(checkup) : checkup);
    Map<String, Finding> sent = send ? record.send() : Map.of();
    List<Finding> findings = new ArrayList<>();
    String region = checkup.environment().getOrDefault("AWS_REGION", "");
    for (String mode : checkup.configuration().reportEntries().keySet()) {
      if (!mode.isEmpty()) {
        Destination destination = Destination.of(mode, checkup.environment(), region);
        List<Finding> reached = Connection.check(mode, destination, checkup.environment());
        findings.addAll(send ? combined(reached, sent.get(mode)) : reached);
      }
    }
    findings.addAll(record.notes());
    return findings;
  }

  /// A test record that was accepted refutes a failed connection. Otherwise the failed connection
  /// explains it.
  private static List<Finding> combined(List<Finding> reached, @Nullable Finding sent) {
    boolean isAccepted = sent != null && sent.level() == Level.OK;
    List<Finding> both = new ArrayList<>();
    for (Finding finding : reached) {
      if (finding.level() == Level.PROBLEM && !isAccepted) {
        return reached;
      }
      if (finding.level() == Level.OK) {
        both.add(finding);
      }
    }
    if (sent != null) {
      both.add(sent);
    }
    return both;
  }

  private Checkup withCredentials(Checkup checkup) {
    Map<String, String> variables = new LinkedHashMap<>(credentials);
    variables.putAll(checkup.function().variables());
    return Checkup.of(checkup.function().with(variables));
  }
}
