/// How often somebody may do something.
///
/// One row of the limits table is what one subject used of one limit in one window:
///
/// | attribute | type | holds |
/// |---|---|---|
/// | `subject` (partition) | S | the limit's name, `#`, and a hash of limit, subject and window |
/// | `used` | N | uses so far |
/// | `waits_until` | N | epoch milliseconds: when the next try at a password may be made |
/// | `expires_at` | N | epoch seconds: the window's end; TTL |
package io.quantchat.limits;
