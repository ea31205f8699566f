/// One archive that runs where only a Java runtime is: the programs' jars, a launcher, the
/// template, and the licence of everything in it.
///
/// The archive is the same, byte for byte, whoever builds it from the same sources and libraries.
/// What has no licence that is known to allow passing it on stops the build.
package io.quantchat.infra.dist;
