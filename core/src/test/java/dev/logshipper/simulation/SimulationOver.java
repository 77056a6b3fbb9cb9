package dev.logshipper.simulation;

/// Ends a simulated thread, wherever it is, when its run is over. An error, so that it passes
/// through code that expects exceptions.
final class SimulationOver extends Error {
  private static final long serialVersionUID = 1;

  SimulationOver() {
    super("the simulation is over", null, false, false);
  }
}
