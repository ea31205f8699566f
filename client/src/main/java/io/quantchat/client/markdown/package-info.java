/// Conversations as Markdown: for people to read and keep, and to be read in again without loss.
///
/// Each message is a block of fields between lines of `---`, an empty line, the text, and an empty
/// line. A field is `name: value`: the value as it is if that can't be mistaken for JSON, else as
/// JSON. In a text, a line that is `---` behind any number of backslashes gets one more, so that a
/// text can't begin a block. Fields that aren't known here are kept.
package io.quantchat.client.markdown;
