const TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let sum = octet;
  for (let bit = 0; bit < 8; bit++) {
    sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return sum;
});

/** CRC-32 as PNG and zlib have it (ISO 3309), of what comes in pieces. */
export class Crc32 {
  #sum = 0xffff_ffff;

  update(bytes: Uint8Array): this {
    let sum = this.#sum;
    for (const octet of bytes) {
      sum = (sum >>> 8) ^ (TABLE[(sum ^ octet) & 0xff] ?? 0);
    }
    this.#sum = sum;
    return this;
  }

  /** Of all that came, 32 bits without a sign. */
  get value(): number {
    return (this.#sum ^ 0xffff_ffff) >>> 0;
  }
}
