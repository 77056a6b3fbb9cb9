/// The contract for sinks as tests, for authors of sinks: [SinkContract], a fixture for
/// destinations that speak HTTP ([HttpSinkFixture]), and captured diagnostics and records for tests
/// of their own.
@NullMarked
package dev.logshipper.sink.testkit;

import org.jspecify.annotations.NullMarked;
