import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { damaged } from './damaged.ts';

const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/** The gzip member that ends a backup: the digest (64 hex digits) of all bytes before it. Always the same length. */
export function sealMember(digest: string): Buffer {
  const text = Buffer.from(`["seal","${digest}"]\n`);
  const block = Buffer.alloc(5);
  // A final block stored uncompressed, so that its bytes depend only on the digest and not on the version of zlib.
  block.writeUInt8(1, 0);
  block.writeUInt16LE(text.length, 1);
  block.writeUInt16LE(~text.length & 0xffff, 3);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(text), 0);
  trailer.writeUInt32LE(text.length, 4);
  return Buffer.concat([HEADER, block, text, trailer]);
}

const LENGTH = sealMember('0'.repeat(64)).length;

/** Refuses a file that differs in any bit from what was written, or is truncated. */
export async function checkSeal(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size <= LENGTH) throw damaged(path);
    const tail = Buffer.alloc(LENGTH);
    await file.read(tail, 0, LENGTH, size - LENGTH);
    const digest = createHash('sha256');
    for await (const chunk of createReadStream(path, { end: size - LENGTH - 1 })) digest.update(chunk);
    if (!tail.equals(sealMember(digest.digest('hex')))) throw damaged(path);
  } finally {
    await file.close();
  }
}
