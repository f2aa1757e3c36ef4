import { describe, expect, it } from 'vitest';
import type { FeedFormat } from './feed-format.ts';
import { LineSplitter } from './line-splitter.ts';
import { MAX_QUOTED_LINES, RowReader } from './row-reader.ts';

const FORMAT: Pick<FeedFormat, 'kind' | 'encoding' | 'layout' | 'columns'> = {
  kind: 'schools',
  encoding: 'utf-8',
  layout: 'csv',
  columns: ['id', 'name', 'town'],
};

function read(text: string | Buffer, format: Partial<FeedFormat> = {}) {
  const rows: (readonly [number, string])[] = [];
  const reader = new RowReader({ ...FORMAT, ...format } as FeedFormat, {
    row: (line, cells) => rows.push([line, cells.join('/')]),
    refuse: (line, _raw, { code }) => rows.push([line, code]),
  });
  const splitter = new LineSplitter();
  for (const line of splitter.push(Buffer.from(text))) reader.push(line);
  for (const line of splitter.end()) reader.push(line);
  reader.end();
  return rows;
}

describe('RowReader', () => {
  it('names what is wrong with a line and goes on with the next', () => {
    expect(read('id,name,town\r\n1,a,b\r\n\r\n1,a\r\n1,a,b,c\r\nid,name,town\r\n1,\0a,b\r\n2,c,d')).toEqual([
      [2, '1/a/b'],
      [3, 'EMPTY_LINE'],
      [4, 'TOO_FEW_CELLS'],
      [5, 'TOO_MANY_CELLS'],
      [6, 'DUPLICATE_HEADER'],
      [7, 'NUL_BYTE'],
      [8, '2/c/d'],
    ]);
  });

  it('takes a quoted line break for part of its cell: the row has the number of its first line', () => {
    expect(read('id,name,town\n1,"a\nb",c\n2,d,e\n')).toEqual([
      [2, '1/a\nb/c'],
      [4, '2/d/e'],
    ]);
  });

  it('does not let an open quotation mark swallow the good rows after it', () => {
    const good = Array.from({ length: MAX_QUOTED_LINES + 5 }, (_, i) => `${i},a,b`);
    const rows = read(`id,name,town\n7,"x,y\n${good.join('\n')}\n`);
    expect(rows[0]).toEqual([2, 'UNBALANCED_QUOTE']);
    expect(rows.slice(1)).toEqual(good.map((row, i) => [i + 3, row.replaceAll(',', '/')]));
  });

  it('keeps only the first line aside when the next quoted cell seems to close the mark, or the file ends', () => {
    expect(read('id,name,town\n1,"x,y\n2,"ул. Роза 5, ет. 2",Антон\n3,c,d\n')).toEqual([
      [2, 'UNBALANCED_QUOTE'],
      [3, '2/ул. Роза 5, ет. 2/Антон'],
      [4, '3/c/d'],
    ]);
    expect(read('id,name,town\n1,"x,y\n2,c,d')).toEqual([
      [2, 'UNBALANCED_QUOTE'],
      [3, '2/c/d'],
    ]);
  });

  it('passes over a UTF-8 mark before NDJSON', () => {
    const format: Partial<FeedFormat> = { layout: 'ndjson', columns: ['team', 'child.givenName'], childObject: 'child' };
    expect(read('\uFEFF{"team":"T","child":{"givenName":"Ани"}}\n{"team":"T"}\n[1]\n{"team":', format)).toEqual([
      [1, 'T/Ани'],
      [2, 'MISSING_CHILD'],
      [3, 'MALFORMED_JSON'],
      [4, 'MALFORMED_JSON'],
    ]);
  });

  it('keeps characters that PostgreSQL cannot hold out of JSON', () => {
    const format: Partial<FeedFormat> = { layout: 'ndjson', columns: ['note'] };
    expect(read('{"note":"a\\u0000b"}\n{"note":"\\ud800"}\n{"note":{"a":1}}\n', format)).toEqual([
      [1, 'NUL_BYTE'],
      [2, 'WRONG_ENCODING'],
      [3, 'MALFORMED_JSON'],
    ]);
  });
});
