package dev.logshipper.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/// Writes `FAULTS.md` at the end of a run of the system property `faults.write`.
public final class FaultsWriter implements TestExecutionListener {

  @Override
  public void testPlanExecutionFinished(TestPlan testPlan) {
    if (Boolean.getBoolean("faults.write")) {
      try {
        FaultsDocument.write();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
