/// Flush policies against arrival patterns, in virtual time: what each bills, how stale lines get,
/// how many requests it takes. The policy that ships is the real one.
@NullMarked
package dev.logshipper.policy;

import org.jspecify.annotations.NullMarked;
