/// One account's way through a relay, played against whatever runs at two URLs: an instance of this
/// machine, or a stack on AWS that has just been deployed.
///
/// `Check` is the command, `Journey` the steps, `OwnKeys` what the account writes to itself with.
/// It looks at nothing that a client can't see, and leaves nothing behind.
package io.quantchat.infra.demo.check;
