import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../kernel/brands.ts';
import type { CoverageReads } from './coverage-loader.ts';
import { loadCoverage, streamCoverage } from './coverage-loader.ts';

const AS_OF = '2026-11-16' as IsoDate;

function rowsOf(childId: string) {
  const base = {
    child_id: childId,
    record: `population:p.csv:${childId}`,
    source: 'population',
    country: 'BG',
    observed_on: '2026-11-01',
    school_year: null,
    evidence_grade: 'A',
  };
  const rows = [
    { ...base, claim: 'BORN', claim_date: '2015-05-05', detail: null },
    { ...base, claim: 'REGISTERED', claim_date: null, detail: 'BG' },
  ];
  return Number(childId) % 2 === 0
    ? [...rows, { ...base, source: 'school-roll', claim: 'ON_ROLL', claim_date: '2026-09-15', detail: 'S1', school_year: 2026 }]
    : rows;
}

/** Ten children, Lyuba (1) to Yoana (10); the even ones are on a roll. Remembers what it was asked. */
function tenChildren(): { sql: CoverageReads; asked: { text: string; values: readonly unknown[] }[] } {
  const asked: { text: string; values: readonly unknown[] }[] = [];
  const query = async <R extends object>(text: string, values: readonly unknown[] = []): Promise<{ rows: R[] }> => {
    asked.push({ text, values });
    if (text.includes('from hub.child c')) {
      const [after, , , limit] = values as [string, unknown, unknown, number];
      const ids = Array.from({ length: 10 }, (_, index) => index + 1).filter((id) => id > Number(after));
      return { rows: ids.slice(0, limit).map((id) => ({ child_id: String(id) })) as unknown as R[] };
    }
    return { rows: (values[0] as string[]).flatMap(rowsOf) as unknown as R[] };
  };
  return { sql: { query }, asked };
}

describe('loading coverage', () => {
  it('answers for many children with one read, values bound', async () => {
    const { sql, asked } = tenChildren();
    const coverage = await loadCoverage(sql, ['1', '2'], AS_OF);
    expect([...coverage].map(([id, one]) => [id, one.status])).toEqual([
      ['1', 'NEVER_ENROLLED'],
      ['2', 'ENROLLED'],
    ]);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.values).toEqual([['1', '2']]);
    expect(asked[0]?.text).not.toContain('source_record');
  });

  it('reads nothing for no children', async () => {
    const { sql, asked } = tenChildren();
    expect((await loadCoverage(sql, [], AS_OF)).size).toBe(0);
    expect(asked).toHaveLength(0);
  });

  it('names the records by file and line for the local operator only', async () => {
    const { sql, asked } = tenChildren();
    await loadCoverage(sql, ['1'], AS_OF, { nameRecords: true });
    expect(asked[0]?.text).toContain('hub.source_record');
  });

  it('streams every child once, batch by batch, of the wanted statuses', async () => {
    const { sql, asked } = tenChildren();
    const seen: string[] = [];
    await streamCoverage(sql, { asOf: AS_OF, batch: 3, status: ['NEVER_ENROLLED'] }, (childId) => void seen.push(childId));
    expect(seen).toEqual(['1', '3', '5', '7', '9']);
    expect(asked.filter((one) => one.text.includes('from hub.child c')).map((one) => one.values[0])).toEqual(['0', '3', '6', '9']);
  });
});
