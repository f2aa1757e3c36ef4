import { type Certainty, type ExplainLanguage, type ExplainWords, explainWords, fieldWord, levelWord, wordOf } from './explain-words.ts';
import type { FieldExplanation, PairExplanation, Veto } from './pair-explanation.ts';

const GAP = '  ';
/** As stored for −∞. */
const NEVER = -999;

const numberText = ({ locale }: ExplainWords, value: number, decimals: number): string =>
  // One kind of blank: a narrow no-break one would not align in every terminal.
  new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .format(value)
    .replace(/\s/g, '\u00a0');

/** With a sign, one decimal; a true minus. */
function bitsText(words: ExplainWords, bits: number): string {
  if (bits <= NEVER) return '−∞';
  const rounded = Math.round(bits * 10) / 10;
  return `${rounded < 0 ? '−' : rounded > 0 ? '+' : ''}${numberText(words, Math.abs(rounded), 1)}`;
}

/** Least odds, as probability, of each word. */
const CERTAIN_FROM: readonly (readonly [Certainty, number])[] = [
  ['certain', 0.9999],
  ['very-likely', 0.99],
  ['likely', 0.9],
  ['rather', 0.5],
  ['rather-not', 0.1],
  ['unlikely', 0.01],
  ['very-unlikely', 0.0001],
];

/** Enough decimals to tell it from 0 and from 100; four at most, then "more than", "less than". */
function percentText(words: ExplainWords, probability: number): string {
  const rest = Math.min(probability, 1 - probability) * 100;
  const unit = words.locale === 'en-GB' ? '%' : '\u00a0%';
  if (rest < 0.0001) {
    const [word, bound] = probability > 0.5 ? [words.moreThan, 99.9999] : [words.lessThan, 0.0001];
    return `${word}${numberText(words, bound, 4)}${unit}`;
  }
  const decimals = Math.min(4, Math.max(1, Math.ceil(-Math.log10(rest)) + 1));
  return `${numberText(words, probability * 100, decimals)}${unit}`;
}

function frequencyText(words: ExplainWords, { frequency, rarityBits }: FieldExplanation): string {
  if (frequency === null || frequency <= 0) return '';
  const count = Math.max(1, Math.round(1 / frequency));
  const oneIn = words.oneIn(numberText(words, count, 0), count);
  return rarityBits === null ? oneIn : `${oneIn} (${words.rarity(bitsText(words, rarityBits))})`;
}

const vetoText = (words: ExplainWords, veto: Veto): string =>
  veto.kind === 'DECIDED' ? wordOf(words.decided, veto.verdict) : wordOf(words.vetoes, veto.kind);

type Row = readonly [field: string, level: string, bits: string, total: string, frequency: string];
const NUMERIC: readonly number[] = [2, 3];

function aligned(rows: readonly Row[]): string[] {
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (NUMERIC.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join(GAP)
      .trimEnd(),
  );
}

function waterfall(words: ExplainWords, { priorBits, fields, siblingBits, totalBits }: PairExplanation): string[] {
  const { columns } = words;
  let running = priorBits;
  const rows: Row[] = [
    [columns.field, columns.level, columns.bits, columns.total, columns.frequency],
    [words.prior, '', bitsText(words, priorBits), bitsText(words, running), ''],
  ];
  for (const field of fields) {
    if (field.level === 'unknown') continue;
    running += field.bits;
    const level = levelWord(words, field.field, field.level);
    rows.push([fieldWord(words, field.field), level, bitsText(words, field.bits), bitsText(words, running), frequencyText(words, field)]);
  }
  if (siblingBits !== 0) rows.push([words.sibling, '', bitsText(words, siblingBits), bitsText(words, running + siblingBits), '']);
  const lines = aligned([...rows, [words.total, '', '', bitsText(words, totalBits), '']]);
  const rule = '─'.repeat(Math.max(...lines.map((line) => line.length)));
  return [lines[0] ?? '', rule, ...lines.slice(1, -1), rule, lines.at(-1) ?? ''];
}

/**
 * Why two records are, or are not, taken to be one child's, as lines of text for people: the waterfall, the probability, the result with its reason, what overrides the sum,
 * which single field decided it, and the versions that scored it. Never throws: an id without a word stands for itself.
 * @param names what the two records are called; their numbers by default.
 */
export function explainText(explanation: PairExplanation, language: ExplainLanguage, names?: readonly [string, string]): string {
  const words = explainWords(language);
  const { fields, probability, band, reason, vetoes, autoBits, reviewBits, without } = explanation;
  const [a, b] = names ?? [explanation.a, explanation.b];
  const unknown = fields.filter(({ level }) => level === 'unknown').map(({ field }) => fieldWord(words, field));
  const certainty = CERTAIN_FROM.find(([, from]) => probability >= from)?.[0] ?? 'excluded';
  return [
    words.title(a, b),
    '',
    ...waterfall(words, explanation),
    '',
    ...(unknown.length > 0 ? [words.unknown(unknown.join(', '))] : []),
    words.probability(words.certainties[certainty], percentText(words, probability)),
    words.result(wordOf(words.bands, band), reason === null ? null : wordOf(words.reasons, reason)),
    words.thresholds(bitsText(words, autoBits), bitsText(words, reviewBits)),
    ...vetoes.map((veto) => words.overridden(vetoText(words, veto))),
    ...without.map((each) =>
      words.without(fieldWord(words, each.field), bitsText(words, each.totalBits), wordOf(words.wouldBe, each.band)),
    ),
    words.model(explanation.model, explanation.normaliser),
  ].join('\n');
}
