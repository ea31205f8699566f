/**
 * Reads what somebody writes: the writer waits until what it wrote was read, and its failure is the
 * reader's.
 *
 * @returns the bytes, and what the writing has found once all of them were read
 */
export function piped<T>(
  writing: (sink: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>) => Promise<T>,
): { bytes: AsyncGenerator<Uint8Array<ArrayBuffer>, void, void>; result: () => T } {
  let result: { value: T } | undefined;
  const { readable, writable } = new TransformStream<
    Uint8Array<ArrayBuffer>,
    Uint8Array<ArrayBuffer>
  >();
  async function* bytes() {
    const writer = writable.getWriter();
    const written = writing((some) => writer.write(some)).then(
      async (value) => {
        result = { value };
        await writer.close();
      },
      (failure) => writer.abort(failure),
    );
    const reader = readable.getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        yield next.value;
      }
      await written;
    } finally {
      // Where the reader has had enough, the writer ends, too.
      await reader.cancel().catch(() => {});
      await written.catch(() => {});
    }
  }
  return {
    bytes: bytes(),
    result: () => {
      if (result === undefined) {
        throw new Error('It is not written yet.');
      }
      return result.value;
    },
  };
}
