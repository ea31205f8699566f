/// Access tokens as every function checks them: with public keys alone. Who has a
/// [io.quantchat.tokens.Caller] in hand knows who is calling; only `auth` can sign.
package io.quantchat.tokens;
