import type { Sql } from '../../db/sql.ts';
import type { Exchange } from '../../exchange/context.ts';
import type { LinkRecord } from '../../linkage/engine.ts';
import type { PairExplanation } from '../../linkage/pair-explanation.ts';
import { loadLinkRecords } from './link-store.ts';
import { findEngine } from './review-engine.ts';

/** Two records, `a` the lower number. */
export interface RecordPair {
  readonly a: string;
  readonly b: string;
  /** Explained as if neither had an id: of a gold question the id would give the answer away. */
  readonly blind?: boolean;
}

/** How a request reads what is compared: values that leave as levels and bits only. */
export const comparing = (exchange: Exchange): Sql => ({
  query: async (text, values) => {
    const rows = await exchange.compared(text, values);
    return { rows: rows as never, rowCount: rows.length };
  },
});

const blinded = (record: LinkRecord): LinkRecord => ({ ...record, ids: [] });

/** Why each pair is, or is not, taken to be one child's; null where a record has left linkage. */
export async function explainPairs(sql: Sql, pairs: readonly RecordPair[]): Promise<(PairExplanation | null)[]> {
  const engine = await findEngine(sql);
  if (!engine || pairs.length === 0) return pairs.map(() => null);
  const loaded = await loadLinkRecords(sql, [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]);
  const records = new Map(loaded.map((record) => [record.record, record]));
  return pairs.map(({ a, b, blind }) => {
    const [left, right] = [records.get(a), records.get(b)];
    if (!left || !right) return null;
    return blind ? engine.explain(blinded(left), blinded(right)) : engine.explain(left, right);
  });
}

/** An explanation as it is shown: levels and bits, and of how rare a value is only what it adds. */
export function shownExplanation(explanation: PairExplanation, blind: boolean) {
  const { model, priorBits, siblingBits, totalBits, probability, autoBits, reviewBits, band, vetoes, without } = explanation;
  return {
    model,
    priorBits,
    siblingBits,
    totalBits,
    probability,
    autoBits,
    reviewBits,
    band,
    fields: agreementsOf(explanation, blind),
    vetoes: vetoes.filter(({ kind }) => kind !== 'DECIDED').map(({ kind }) => kind),
    without: without.map((each) => ({ field: each.field, totalBits: each.totalBits, band: each.band })),
  };
}

/** Fields in which an id speaks. */
const OF_ID: ReadonlySet<string> = new Set(['nationalId', 'impliedBirthDate']);

export const agreementsOf = ({ fields }: PairExplanation, blind: boolean) =>
  fields
    .filter(({ field }) => !blind || !OF_ID.has(field))
    .map(({ field, level, bits, rarityBits }) => ({ field, level, bits, rarityBits }));
