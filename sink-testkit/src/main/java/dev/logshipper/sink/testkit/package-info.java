/// The contract for sinks as tests, for authors of sinks: [SinkContract], a fixture for
/// destinations that speak HTTP ([HttpSinkFixture]), and for tests of their own: captured
/// diagnostics, records, random records ([RandomInput]) and the tables of a README
/// ([ReadmeTables]).
@NullMarked
package dev.logshipper.sink.testkit;

import org.jspecify.annotations.NullMarked;
