/// Prosody, a well-kept XMPP server, for comparison: the same load, in the protocol that it speaks.
///
/// It runs alone on this machine, on a port of its own, with files in a folder that is removed
/// afterwards. A message to somebody online is handed on and kept nowhere; one to somebody away is
/// written to a file, which isn't forced to disk. Neither is encrypted on its way here, as the
/// relay's aren't. A sender counts a message as taken when Prosody has acknowledged it by stream
/// management (XEP-0198), which is what the relay's answer is to a send.
package io.quantchat.infra.bench.xmpp;
