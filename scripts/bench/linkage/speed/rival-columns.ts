/**
 * A process of its own: `rival-columns <folder>` gives the rival what it cannot do in SQL: the fields as they are compared (names folded, ids hashed),
 * and what the parts of the blocking keys take of them (how a name sounds, where a settlement lies). None of this counts as the rival's time.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { childSchema } from '../../../../src/linkage/child-schema.ts';
import { type Column, Dataset } from '../../../../src/linkage/dataset.ts';
import { Gazetteer } from '../../../../src/linkage/gazetteer.ts';
import type { LinkModel } from '../../../../src/linkage/link-model.ts';
import type { KeyPart } from '../../../../src/linkage/link-schema.ts';
import { LineWriter } from './line-writer.ts';
import { readLines } from './read-lines.ts';
import { recordOfLine } from './record-line.ts';
import { BETWEEN_CODES, COMPARED, type RivalShape } from './rival-sql.ts';
import { speedFiles } from './speed-files.ts';

/** Alternatives of one part that are followed up, as in the keys of the engine. */
const MOST_CODES = 6;

interface Part {
  readonly column: Column;
  readonly part: KeyPart;
  readonly name: string;
  /** Per value of the column. */
  readonly texts: (string | undefined)[];
}

function codesText({ column, part, texts }: Part, record: number): string {
  const id = column.ids[record] as number;
  let text = texts[id];
  if (text === undefined) {
    const value = id === 0 ? null : column.value(id);
    text = value === null ? '' : [...new Set(part.codes(value))].slice(0, MOST_CODES).join(BETWEEN_CODES);
    texts[id] = text;
  }
  return text;
}

function rivalColumns(folder: string): void {
  const files = speedFiles(folder);
  const { places } = JSON.parse(readFileSync(files.model, 'utf8')) as LinkModel;
  const gazetteer = new Gazetteer(places);
  const data = new Dataset(childSchema(() => gazetteer));
  for (const line of readLines(files.records)) data.add(recordOfLine(line));
  const columnOf = (name: string): Column => data.columns[data.schema.fields.findIndex((field) => field.name === name)] as Column;
  const compared = COMPARED.map(columnOf);
  const parts = new Map<KeyPart, Part>();
  for (const { parts: some } of data.schema.passes)
    for (const part of some)
      if (!parts.has(part)) parts.set(part, { part, column: columnOf(part.field), name: `part${parts.size}`, texts: [] });
  const shape: RivalShape = {
    parts: [...parts.values()].map(({ name }) => name),
    passes: data.schema.passes.map(({ parts: some, symmetric }) => ({
      parts: some.map((part) => parts.get(part)?.name ?? ''),
      symmetric: symmetric ?? false,
    })),
  };
  writeFileSync(files.rivalShape, JSON.stringify(shape));
  const writer = new LineWriter(files.rivalColumns);
  for (let i = 0; i < data.size; i += 1) {
    const cells = compared.map(({ ids, texts }) => texts[ids[i] as number] ?? '');
    writer.write([i, ...cells, ...[...parts.values()].map((part) => codesText(part, i))].join('\t'));
  }
  writer.close();
  console.log(JSON.stringify({ records: data.size }));
}

rivalColumns(process.argv[2] ?? '');
