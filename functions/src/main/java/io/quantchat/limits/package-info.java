/// How often somebody may do something.
///
/// One row of the limits table is what one account used of one limit in one window:
///
/// | attribute | type | holds |
/// |---|---|---|
/// | `subject` (partition) | S | the limit's name, whose it is and the window's number, by `#` |
/// | `used` | N | uses so far |
/// | `expires_at` | N | epoch seconds: the window's end; TTL |
package io.quantchat.limits;
