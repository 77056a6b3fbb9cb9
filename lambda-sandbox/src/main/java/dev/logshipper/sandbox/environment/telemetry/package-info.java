/// Log and platform events on their way to the extensions that subscribed to them.
@NullMarked
package dev.logshipper.sandbox.environment.telemetry;

import org.jspecify.annotations.NullMarked;
