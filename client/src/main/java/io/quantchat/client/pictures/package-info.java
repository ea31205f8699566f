/// What is done to a picture before it is sent.
///
/// [Cleaning] copies a file without its metadata, in one pass. Kept is what it takes to show the
/// picture: samples, colour profile, animation, and which way up it is; what isn't known to be one
/// of these stays behind, also what stands behind a picture's end. A file that isn't a whole,
/// well-formed picture where it says that it is one isn't copied. JPEG, PNG, WebP and GIF are
/// cleaned; pictures of other formats that carry metadata are refused; what is no picture passes as
/// it is, with what its format says of its author: videos, documents.
///
/// [Thumbnail] and [Blurhash] are the small forms that travel inside of a message. They are made
/// with the JDK's ImageIO, which is loaded when the first picture is sent.
package io.quantchat.client.pictures;
