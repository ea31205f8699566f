/// The database that the runner's functions keep their tables in: one in this process, or one that
/// is reached by a URL.
package io.quantchat.infra.local.database;
