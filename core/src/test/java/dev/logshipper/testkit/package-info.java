/// What tests of sinks and of core share: the contract that every sink keeps ([SinkContract]), a
/// server that fails by a script ([ScriptedServer]), fakes and shorthands.
@NullMarked
package dev.logshipper.testkit;

import org.jspecify.annotations.NullMarked;
