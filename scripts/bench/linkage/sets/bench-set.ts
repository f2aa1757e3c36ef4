import type { childSchema } from '../../../../src/linkage/child-schema.ts';
import type { LinkSchema } from '../../../../src/linkage/link-schema.ts';
import type { Labels } from '../metrics/labels.ts';
import type { Household } from '../metrics/twins.ts';

/** A figure that must be reached: at least, or at most. The names are those of `Figures`. */
export interface Target {
  readonly figure: string;
  readonly least?: number;
  readonly most?: number;
}

/** Records with a known truth, and what is asked of them. The truth is never shown to the engine. */
export interface BenchSet<R = never> {
  readonly name: string;
  readonly schema: LinkSchema<R> | typeof childSchema;
  readonly records: readonly R[];
  /** Which records are truly one person's. */
  readonly truth: Labels;
  /** Two sources that hold each person once: number of the source of each record. */
  readonly source: Uint8Array | null;
  readonly homes: Household | null;
  readonly subgroups: ReadonlyMap<string, (record: number) => boolean>;
  readonly targets: readonly Target[];
}

/** A record of a public set: its cells by column; null where empty. */
export type CellRecord = Readonly<Record<string, string | null>>;

/** Own estimate of precision and recall, in points; asked of every set. */
export const SELF_KNOWLEDGE: Target = { figure: 'estimate, points from truth', most: 1 };
