/** A 64-bit hash as two unsigned 32-bit halves. */
export interface Hash64 {
  readonly high: number;
  readonly low: number;
}

const finish = (h: number): number => {
  let x = h;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
};

/** Not cryptographic: spreads keys over buckets (two lanes of FNV-1a, finished as MurmurHash3 does). */
export function hash64(text: string): Hash64 {
  let high = 0x811c9dc5;
  let low = 0x9747b28c;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x5bd1e995) ^ (low >>> 15);
  }
  return { high: finish(high ^ text.length), low: finish(low + Math.imul(text.length, 0x9e3779b1)) };
}

/** Lane of a hash that also covers what comes after: order counts. */
export const mixHigh = (h: number, part: number): number => finish(Math.imul(h ^ part, 0x01000193) + 0x7f4a7c15);
export const mixLow = (h: number, part: number): number => finish(Math.imul(h + part, 0x5bd1e995) ^ 0x165667b1);

/** As a signed 64-bit number in decimal: what a bigint column holds. */
export const hashText = (high: number, low: number): string => BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)).toString();
