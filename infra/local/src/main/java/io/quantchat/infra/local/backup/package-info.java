/// Copies of the tables in one file each. A running instance gives one to whoever may open a socket
/// in its data folder ({@code BackupSocket}); {@code RunningSource} is the other end of it, and
/// {@code BackupFile} what is made of it.
package io.quantchat.infra.local.backup;
