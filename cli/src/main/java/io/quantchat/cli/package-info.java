/// The command line: [Main] is its door, one class a command, and `chat` the conversation.
///
/// People read lines, programs read JSON (`--json`). What came from somebody else is printed by way
/// of [Printable] alone, so that nobody's name or message can play with a terminal. Secrets come
/// from the terminal or from a file of lines ([Secrets]), never from an argument or from the
/// environment. What ended how is said by [Exit]. Where another program holds the account open,
/// commands work with it by [OpenAccount] alike.
package io.quantchat.cli;
