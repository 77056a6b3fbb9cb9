package dev.logshipper.sandbox.environment.function;

/// A function inside the sandbox's own JVM, for fast tests.
@FunctionalInterface
public interface ScriptedFunction {

  /// Handles one invocation. Returning answers it with `null` unless [Invocation#respond] was
  /// called; an exception answers it with an error and leaves the runtime alive.
  ///
  /// @throws Exception the function's own error
  void handle(Invocation invocation) throws Exception;
}
