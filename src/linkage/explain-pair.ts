import type { Dataset } from './dataset.ts';
import type { LinkModel } from './link-model.ts';
import type { FieldExplanation, PairExplanation, Veto } from './pair-explanation.ts';
import type { PairScorer } from './pair-scorer.ts';

const round = (bits: number): number => Math.round(bits * 1000) / 1000;

/** Explains records 0 and 1 of a dataset: what each field adds, what overrides the sum, and which fields decide. */
export function explainPair(data: Dataset<never>, scorer: PairScorer, model: LinkModel): PairExplanation {
  const total = scorer.weight(0, 1);
  const { randomBits } = scorer;
  const levels = Uint8Array.from(scorer.levels);
  const restore = (): void => scorer.levels.set(levels);
  const { band, reason } = scorer.judge(0, 1, total);
  const fields: FieldExplanation[] = data.schema.fields.map(({ name, comparator }, f) => {
    const level = levels[f] as number;
    const { random } = scorer.bitsOf(f, 0, 1);
    const rare = scorer.rarity(f, 0, 1);
    const usual = Math.log2((model.fields[f]?.m[level - 1] ?? 1) / (model.fields[f]?.u[level - 1] ?? 1));
    return {
      field: name,
      level: level === 0 ? 'unknown' : (comparator.levels[level - 1] as string),
      bits: round(random),
      rarityBits: rare ? round(random - usual) : null,
      frequency: rare ? rare.frequency : null,
    };
  });
  const capped = round(randomBits - model.priorBits - fields.reduce((sum, { bits }) => sum + bits, 0));
  const without = data.schema.fields.flatMap(({ name }, f) => {
    if (levels[f] === 0) return [];
    scorer.levels[f] = 0;
    const totalBits = scorer.weightOfLevels(0, 1);
    const other = scorer.judge(0, 1, totalBits);
    restore();
    return other.band === band ? [] : [{ field: name, totalBits, band: other.band }];
  });
  const vetoes: Veto[] = [];
  if (scorer.hasTwoIds() && !scorer.isRenumbered(0, 1)) vetoes.push({ kind: 'TWO_VALID_IDS' });
  if (data.sources[0] !== 0 && data.sources[0] === data.sources[1] && !scorer.isOneEntryTwice() && !scorer.isRenumbered(0, 1))
    vetoes.push({ kind: 'TWO_REGISTER_ENTRIES' });
  if (reason === 'POSSIBLE_TWIN' || reason === 'ID_CONFLICT') vetoes.push({ kind: reason });
  return {
    a: data.names[0] as string,
    b: data.names[1] as string,
    model: model.id,
    normaliser: model.normaliser,
    priorBits: model.priorBits,
    fields,
    // What a family shares is not independent; and a sibling shares it too.
    siblingBits: round(total - randomBits + capped),
    totalBits: total,
    probability: 1 / (1 + 2 ** -total),
    autoBits: model.autoBits,
    reviewBits: model.reviewBits,
    band,
    reason,
    vetoes,
    without,
  };
}
