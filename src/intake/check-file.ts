import { isAscii, isUtf8 } from 'node:buffer';
import type { Country } from '../kernel/brands.ts';
import { HubError } from '../kernel/errors.ts';
import { decodeLine } from './decode-line.ts';
import type { FeedFormat } from './feed-format.ts';
import { LineSplitter, type RawLine } from './line-splitter.ts';
import { QuotedCells } from './quoted-cells.ts';
import { RowReader, withoutMark } from './row-reader.ts';

/** So much of the beginning of a file decides whether it is what the caller says. */
export const SAMPLE_BYTES = 262_144;
/** A file is in another encoding as a whole when so many of its lines beyond ASCII say so; fewer are bad rows in a good file. */
const ESSENTIALLY_ALL = 0.9;
const LEAST_LINES = 3;

const OTHERS = {
  'utf-8': ['windows-1251', 'windows-1250', 'iso-8859-2', 'iso-8859-16', 'iso-8859-5', 'koi8-r', 'ibm866', 'x-mac-cyrillic'],
  'windows-1251': ['utf-8', 'koi8-r', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic', 'windows-1250', 'iso-8859-2'],
} as const;

const WORD = /[\p{L}\p{M}]*[^\p{ASCII}][^\s\p{P}|]*/gu;
const PLAUSIBLE = /^(?:\p{Lu}?\p{Ll}+|\p{Lu}+)$/u;
/** Letters that neither Bulgarian nor Russian has: in every other word, they are the traces of another encoding. */
const FOREIGN_LETTER = /[\u0402-\u040F\u0452-\u045F\u0490\u0491]/;
const TWO_SCRIPTS = /\p{Script=Latin}.*\p{Script=Cyrillic}|\p{Script=Cyrillic}.*\p{Script=Latin}/u;

/** The share of words beyond ASCII that are written as names and words are: `Иван`, `иван`, `ИВАН`. */
function plausibility(lines: readonly Buffer[], encoding: string): number {
  const decoder = new TextDecoder(encoding);
  let [words, good] = [0, 0];
  for (const line of lines) {
    for (const [word] of decoder.decode(line).matchAll(WORD)) {
      if (word.length < 2) continue;
      words += 1;
      if (PLAUSIBLE.test(word) && !TWO_SCRIPTS.test(word) && !FOREIGN_LETTER.test(word)) good += 1;
    }
  }
  return words === 0 ? 0 : good / words;
}

function refuse(format: FeedFormat, found: string): never {
  throw new HubError('FEED_REFUSED', `${format.kind} is read as ${format.encoding}; ${found}. Nothing was taken in.`);
}

function checkMark(sample: Buffer, format: FeedFormat): void {
  const [a, b, c, d] = sample;
  if (a === 0xff && b === 0xfe)
    refuse(format, c === 0 && d === 0 ? 'the file begins with the mark of utf-32le' : 'the file begins with the mark of utf-16le');
  if (a === 0xfe && b === 0xff) refuse(format, 'the file begins with the mark of utf-16be');
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) refuse(format, 'the file begins with the mark of utf-32be');
  const head = sample.subarray(0, 64);
  const zeros = (odd: number) => head.filter((byte, i) => i % 2 === odd && byte === 0).length;
  if (head.length >= 8 && (zeros(0) * 2 >= head.length * 0.8 || zeros(1) * 2 >= head.length * 0.8))
    refuse(format, 'candidates: utf-16le, utf-16be');
}

function candidates(format: FeedFormat, beyond: readonly Buffer[]): string {
  const own = format.encoding === 'utf-8' ? 0 : plausibility(beyond, format.encoding);
  const scored = OTHERS[format.encoding]
    .filter((name) => name !== 'utf-8' || beyond.every((line) => isUtf8(line)))
    .map((name) => ({ name, score: plausibility(beyond, name) }))
    .filter(({ score }) => score > Math.max(own, 0.6))
    .sort((x, y) => y.score - x.score);
  const best = scored[0]?.score ?? 0;
  const named = scored.filter(({ score }) => score >= best - 0.15).map(({ name }) => name);
  return `candidates: ${(named.length > 0 ? named : OTHERS[format.encoding]).join(', ')}`;
}

function checkEncoding(lines: readonly RawLine[], format: FeedFormat): void {
  const whole = lines.filter((line) => !line.tooLong && line.bytes.length > 0);
  const beyond = whole.map((line) => line.bytes).filter((bytes) => !isAscii(bytes) && !bytes.includes(0));
  if (beyond.length < Math.max(LEAST_LINES, whole.length * 0.02)) return;
  if (format.encoding === 'utf-8') {
    const failing = beyond.filter((bytes) => !isUtf8(bytes));
    if (failing.length >= beyond.length * ESSENTIALLY_ALL)
      refuse(format, `the file is in another encoding, ${candidates(format, failing)}`);
    return;
  }
  const asUtf8 = beyond.filter((bytes) => isUtf8(bytes));
  if (asUtf8.length >= beyond.length * ESSENTIALLY_ALL) refuse(format, 'the file is in another encoding, candidates: utf-8');
  // Every byte but one is a letter or sign of windows-1251; only the way words are written tells it from its neighbours.
  const own = plausibility(beyond, 'windows-1251');
  const other = Math.max(...OTHERS['windows-1251'].slice(1).map((name) => plausibility(beyond, name)));
  if (own < 0.5 && other > 0.85) refuse(format, `the file is in another encoding, ${candidates(format, beyond)}`);
}

function headerCells(text: string, layout: FeedFormat['layout']): readonly string[] {
  if (layout === 'pipe') return text.split('|');
  const quoted = new QuotedCells();
  return quoted.push(text) === 'complete' ? quoted.cells : [];
}

function checkHeader(first: RawLine | undefined, format: FeedFormat, formats: readonly FeedFormat[]): void {
  const separator = format.layout === 'csv' ? 'comma' : 'pipe';
  const shape = `the first line must be the header of ${format.columns.length} columns, separated by ${separator === 'comma' ? 'commas' : 'pipes'}`;
  const text = first && !first.tooLong ? decodeLine(withoutMark(first.bytes), format.encoding) : null;
  // The message names what was expected; what came may be a row with a name in it.
  if (text === null || text === '') refuse(format, shape);
  const cells = headerCells(text, format.layout);
  if (cells.length === format.columns.length && cells.every((cell, i) => cell === format.columns[i])) return;
  const twin = formats.find(
    (other) => other !== format && other.layout !== 'ndjson' && other.columns.join() === headerCells(text, other.layout).join(),
  );
  if (twin) refuse(format, `the columns are those of ${twin.kind}`);
  for (const [name, mark] of [
    ['comma', ','],
    ['pipe', '|'],
    ['semicolon', ';'],
    ['tab', '\t'],
  ] as const) {
    if (name !== separator && text.split(mark).join() === format.columns.join())
      refuse(format, `the columns are separated by ${name}, expected ${separator}`);
  }
  const at = format.columns.findIndex((column, i) => cells[i] !== column);
  refuse(format, at === -1 ? `${shape}; there are more` : `${shape}; column ${at + 1} must be ${format.columns[at]}`);
}

/** What the sample shows of whose numbering the file uses: the country of most rows that say so. */
function countryOfMost(lines: readonly RawLine[], format: FeedFormat): Country | null {
  if (!format.countryOf) return null;
  const count = { BG: 0, RO: 0 };
  const reader = new RowReader(format, {
    row(_line, cells) {
      const country = format.countryOf?.(cells);
      if (country) count[country] += 1;
    },
    refuse() {},
  });
  for (const line of lines) reader.push(line);
  if (count.BG === count.RO) return null;
  return count.BG > count.RO ? 'BG' : 'RO';
}

/**
 * Decides on the first 256 KiB whether a file as a whole is of its kind: encoding and header. Nothing is guessed: the caller is told the candidates.
 * @param complete whether the sample is the whole file.
 * @returns the country that most of its rows speak for, where its kind tells.
 * @throws HubError FEED_REFUSED
 */
export function checkFile(
  sample: Buffer,
  complete: boolean,
  format: FeedFormat,
  formats: readonly FeedFormat[],
): { country: Country | null } {
  checkMark(sample, format);
  const splitter = new LineSplitter();
  const lines = [...splitter.push(sample)];
  // The last line of a sample may be cut in the middle of a letter.
  if (complete || lines.length === 0) lines.push(...splitter.end());
  if (format.layout === 'ndjson') {
    const filled = lines.filter((line) => line.bytes.length > 0).map((line) => withoutMark(line.bytes));
    if (filled.length >= LEAST_LINES && filled.every((bytes) => bytes[0] !== 0x7b)) refuse(format, 'each line must be one JSON object');
  } else {
    checkHeader(lines[0], format, formats);
  }
  checkEncoding(format.layout === 'ndjson' ? lines : lines.slice(1), format);
  return { country: countryOfMost(lines, format) };
}
