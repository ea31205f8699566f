/// S3, as far as attachments need it: objects below the path of a bucket's name, put and got by
/// requests that are signed, in one piece or in parts.
///
/// `ObjectsHandler` is the way in from the port and `InProcessObjects` the functions' own. Both
/// lead to `S3`, which checks who asks (`RequestSignatures`), whether that is allowed
/// (`ObjectPolicy`), and does it: with `ObjectStore` and `UploadStore`, which know what an object
/// and an upload in parts are, upon `Blobs`, which knows no more than names and bytes. `Lifecycle`
/// deletes what has had its time.
///
/// Answers are those of AWS: the Amazon S3 API Reference, and where that doesn't say it, what S3
/// was seen to answer (the snapshots of LocalStack's tests).
package io.quantchat.infra.local.objects;
