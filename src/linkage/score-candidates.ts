import type { Blocks } from './blocks.ts';
import type { Edges } from './cluster-records.ts';
import { REVIEW_REASONS } from './pair.ts';
import type { PairScorer } from './pair-scorer.ts';

/** What scoring found: pairs to be linked or asked about, the candidates looked at, and the matches that the rest may still hold. */
export interface Scored {
  readonly edges: Edges;
  readonly pairs: number;
  readonly expected: number;
}
/** Records whose candidates are scored at once: threads take turns. */
const CHUNK = 512;

/** First number of the next turn; threads share the counter. */
export const turns = (counter: Int32Array<SharedArrayBuffer>) => (): number => Atomics.add(counter, 0, 1) * CHUNK;

class GrowingEdges {
  #a = new Int32Array(1 << 12);
  #b = new Int32Array(1 << 12);
  #weight = new Float64Array(1 << 12);
  #reason = new Uint8Array(1 << 12);
  #count = 0;

  push(a: number, b: number, weight: number, reason: number): void {
    if (this.#count === this.#a.length) {
      const size = this.#count * 2;
      const grow = <T extends Int32Array | Float64Array | Uint8Array>(from: T, to: T): T => {
        to.set(from as never);
        return to;
      };
      this.#a = grow(this.#a, new Int32Array(size));
      this.#b = grow(this.#b, new Int32Array(size));
      this.#weight = grow(this.#weight, new Float64Array(size));
      this.#reason = grow(this.#reason, new Uint8Array(size));
    }
    this.#a[this.#count] = a;
    this.#b[this.#count] = b;
    this.#weight[this.#count] = weight;
    this.#reason[this.#count] = reason;
    this.#count += 1;
  }

  done(): Edges {
    const n = this.#count;
    return {
      a: this.#a.slice(0, n),
      b: this.#b.slice(0, n),
      weight: this.#weight.slice(0, n),
      reason: this.#reason.slice(0, n),
      count: n,
    };
  }
}

/** Scores the candidates of records in turns of `CHUNK` numbers; `next` gives the first number of a turn, or one beyond the last record. Each pair comes once, at its lesser number. */
export function scoreCandidates(size: number, passes: readonly Blocks[], scorer: PairScorer, next: () => number): Scored {
  const found = new GrowingEdges();
  const met = new Int32Array(size).fill(-1);
  let [pairs, expected] = [0, 0];
  for (let from = next(); from < size; from = next()) {
    const to = Math.min(size, from + CHUNK);
    for (let a = from; a < to; a += 1) {
      for (const { spans, members, keyStart, keyBlock } of passes) {
        const end = keyStart[a + 1] as number;
        for (let k = keyStart[a] as number; k < end; k += 1) {
          const block = keyBlock[k] as number;
          if (block === 0) continue;
          // Members stand in ascending order.
          for (let m = (spans[block] as number) - 1; m >= (spans[block - 1] as number); m -= 1) {
            const b = members[m] as number;
            if (b <= a) break;
            if (met[b] === a) continue;
            met[b] = a;
            pairs += 1;
            if (scorer.isHopeless(a, b)) continue;
            const weight = scorer.weight(a, b);
            const { band, reason } = scorer.judge(a, b, weight);
            if (band !== 'NONE') found.push(a, b, weight, reason === null ? 0 : REVIEW_REASONS.indexOf(reason) + 1);
            else if (weight > -12 && !scorer.hasTwoIds()) expected += 1 / (1 + 2 ** -weight);
          }
        }
      }
    }
  }
  return { edges: found.done(), pairs, expected };
}

/** The finds of several threads as one, in the order of record numbers. */
export function together(parts: readonly Scored[]): Scored {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const count = parts.reduce((sum, { edges }) => sum + edges.count, 0);
  const edges = {
    a: new Int32Array(count),
    b: new Int32Array(count),
    weight: new Float64Array(count),
    reason: new Uint8Array(count),
    count,
  };
  let at = 0;
  for (const part of parts) {
    edges.a.set(part.edges.a, at);
    edges.b.set(part.edges.b, at);
    edges.weight.set(part.edges.weight, at);
    edges.reason.set(part.edges.reason, at);
    at += part.edges.count;
  }
  return {
    edges,
    pairs: parts.reduce((sum, { pairs }) => sum + pairs, 0),
    expected: parts.reduce((sum, { expected }) => sum + expected, 0),
  };
}
