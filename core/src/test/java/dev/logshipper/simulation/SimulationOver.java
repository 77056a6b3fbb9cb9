package dev.logshipper.simulation;

/// Ends a simulated thread, at any point, when its run is over. An error, so that it passes through
/// code that catches exceptions.
final class SimulationOver extends Error {
  private static final long serialVersionUID = 1;

  SimulationOver() {
    super("the simulation is over", null, false, false);
  }
}
