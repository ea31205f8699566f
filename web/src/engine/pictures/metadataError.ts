/** A picture has metadata, or may have, that can't be removed surely; the message is for a person. */
export class MetadataError extends Error {
  override name = 'MetadataError';
}
