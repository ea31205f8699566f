/// The values that a client knows (accounts, contacts, messages), and what callers catch. All else
/// stands on this package, and it on none.
package io.quantchat.client.model;
