/// Where functions rehearse before Lambda takes a snapshot of them. A rehearsal plays real requests
/// through the real handler; its tables send every request out and can never write: each write
/// carries a condition that no item meets.
package io.quantchat.rehearsal;
