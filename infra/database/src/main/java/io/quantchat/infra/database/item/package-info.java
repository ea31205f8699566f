/// Values as DynamoDB has them: which are allowed (`AttributeRules`), numbers of 38 digits
/// (`Numbers`), their order (`AttributeOrder`), what they are billed as (`ItemSize`); and as the
/// storage has them: an item's bytes (`ItemCodec`), and a key's, whose order is the key's own
/// (`KeyBytes`). What is refused is an `InvalidValue`, whose message is DynamoDB's.
package io.quantchat.infra.database.item;
