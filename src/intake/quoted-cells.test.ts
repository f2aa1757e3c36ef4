import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QuotedCells } from './quoted-cells.ts';

function cellsOf(record: string): string[] | null {
  const quoted = new QuotedCells();
  const states = record.split('\n').map((line) => quoted.push(line));
  return states.slice(0, -1).every((state) => state === 'open') && states.at(-1) === 'complete' ? quoted.cells : null;
}

describe('QuotedCells', () => {
  it('takes apart quoted commas, doubled quotation marks and line breaks', () => {
    expect(cellsOf('1,"ДГ № 128 ""Синчец""","р-н Люлин,\nбл. 7",')).toEqual(['1', 'ДГ № 128 "Синчец"', 'р-н Люлин,\nбл. 7', '']);
  });

  it('says what is malformed', () => {
    expect(new QuotedCells().push('1,ул. "Роза" 5,2')).toBe('malformed');
    expect(new QuotedCells().push('1,"Роза" 5,2')).toBe('malformed');
    expect(new QuotedCells().push('1,"Роза 5,2')).toBe('open');
  });

  it('reads any record that is quoted by the rules as csv-parse does', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'Я', ',', '"', ' ', '\n') });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), fc.boolean(), (cells, always) => {
        const record = cells.map((text) => (always || /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',');
        expect(cellsOf(record)).toEqual(cells);
        if (record !== '') expect(parse(record, { record_delimiter: '\r\n', skip_empty_lines: false })[0]).toEqual(cells);
      }),
    );
  });

  it('refuses what csv-parse refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"'), minLength: 1, maxLength: 12 }), (record) => {
        let expected: string[] | null;
        try {
          expected = (parse(record) as string[][])[0] ?? null;
        } catch {
          expected = null;
        }
        expect(cellsOf(record)).toEqual(expected);
      }),
    );
  });
});
