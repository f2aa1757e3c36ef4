import { hash64 } from './hash64.ts';
import type { Verdict } from './pair.ts';

/** Part of what a reviewer is given whose answer is known: enough to measure, little enough not to waste anybody's day. */
export const GOLD_SHARE = 0.05;
const SPAN = 2 ** 32;

/** A gold question that is due: which answer it is to have, and where among the known pairs it is to be sought. */
export interface GoldDue {
  readonly verdict: 'SAME' | 'DIFFERENT';
  /** 0 ≤ at < 1. */
  readonly at: number;
}

/**
 * Whether a gold question follows the question about `a` and `b` when this reviewer is given it; the same seed, reviewer and pair always give the same.
 * A reviewer cannot tell one from another question; over many, `GOLD_SHARE` of all that is given are gold, half of them SAME.
 */
export function goldAfter(seed: string, reviewer: string, a: string, b: string): GoldDue | null {
  const { high, low } = hash64(JSON.stringify(['gold', seed, reviewer, a, b]));
  if (high / SPAN >= GOLD_SHARE / (1 - GOLD_SHARE)) return null;
  const { high: where } = hash64(JSON.stringify(['where', seed, reviewer, a, b]));
  return { verdict: low % 2 === 0 ? 'SAME' : 'DIFFERENT', at: where / SPAN };
}

/** What a reviewer has said of a gold question, and what it is. */
export interface GoldAnswer {
  readonly reviewer: string;
  readonly verdict: Verdict;
  readonly expected: 'SAME' | 'DIFFERENT';
}
/** How often a reviewer is right where the answer is known. */
export interface ReviewerQuality {
  readonly reviewer: string;
  /** Gold questions answered. */
  readonly count: number;
  readonly right: number;
  /** Answered UNSURE: not right, and not wrong either. */
  readonly unsure: number;
  /** right / count, 0…1. */
  readonly share: number;
}

/** Quality of every reviewer that has answered a gold question, in the order of their names. */
export function qualityOf(answers: readonly GoldAnswer[]): ReviewerQuality[] {
  return [...Map.groupBy(answers, ({ reviewer }) => reviewer)]
    .map(([reviewer, own]) => {
      const right = own.filter(({ verdict, expected }) => verdict === expected).length;
      const unsure = own.filter(({ verdict }) => verdict === 'UNSURE').length;
      return { reviewer, count: own.length, right, unsure, share: right / own.length };
    })
    .sort((one, other) => (one.reviewer < other.reviewer ? -1 : 1));
}
