import { describe, expect, it } from 'vitest';
import { checkBadRows } from './bad-rows.ts';
import type { FoundChild, TrueChild, TrueRecord } from './score.ts';
import { score } from './score.ts';

const record = (name: string, child: string, errors: string[] = []): TrueRecord => ({
  record: name,
  kind: name.split(':')[0] ?? '',
  child,
  flags: [],
  errors,
});
const records = [
  record('population:p:2', 'Ana'),
  record('school-roll:r:2', 'Ana'),
  record('visits:v:1', 'Ana', ['nickname']),
  record('population:p:3', 'Bogdan'),
  record('visits:v:2', 'Bogdan'),
  record('population:p:4', 'Vera'),
];
const children: TrueChild[] = [
  { child: 'Ana', accepted: ['ENROLLED'], detail: '' },
  { child: 'Bogdan', accepted: ['NEVER_ENROLLED'], detail: '' },
  { child: 'Vera', accepted: ['FOREIGN_SCHOOL', 'NEVER_ENROLLED'], detail: '' },
];
const found = (child: string, status: FoundChild['status'], ...names: string[]): FoundChild => ({
  child,
  status,
  records: names,
  asked: [],
});

describe('scoring against the truth', () => {
  it('finds no loss where every child is linked and read rightly, a second reading included', () => {
    const result = score(
      [
        found('1', 'ENROLLED', 'population:p:2', 'school-roll:r:2', 'visits:v:1'),
        found('2', 'NEVER_ENROLLED', 'population:p:3', 'visits:v:2'),
        found('3', 'NEVER_ENROLLED', 'population:p:4'),
      ],
      records,
      children,
    );
    expect(result).toMatchObject({
      agreement: { right: 3, all: 3 },
      precision: { right: 2, all: 2 },
      recall: { right: 1, all: 1 },
      losses: [],
    });
    expect(result.pairs).toEqual({ precision: { right: 4, all: 4 }, recall: { right: 4, all: 4 } });
  });

  it('counts a visit that stands alone as a false alarm, and says what was planted in it', () => {
    const result = score(
      [found('1', 'ENROLLED', 'population:p:2', 'school-roll:r:2'), found('9', 'UNREGISTERED', 'visits:v:1')],
      records,
      children,
    );
    expect(result.precision).toEqual({ right: 0, all: 1 });
    expect(result.losses.find((loss) => loss.kind === 'FALSE_ALARM')).toMatchObject({
      cause: 'SPLIT',
      trueChild: 'Ana',
      planted: ['visits:nickname'],
    });
    expect(result.trueChildrenNotFound).toBe(2);
  });

  it('counts a second entry of one child against precision, not against recall', () => {
    const result = score([found('2', 'NEVER_ENROLLED', 'population:p:3'), found('9', 'UNREGISTERED', 'visits:v:2')], records, children);
    expect(result).toMatchObject({
      precision: { right: 1, all: 2 },
      precisionOfEntries: { right: 2, all: 2 },
      recall: { right: 1, all: 1 },
    });
  });

  it('blames the other child’s record where two children were linked into one', () => {
    const result = score([found('1', 'ENROLLED', 'population:p:2', 'school-roll:r:2', 'population:p:3', 'visits:v:1')], records, children);
    expect(result.losses).toMatchObject([{ kind: 'MISSED', trueChild: 'Bogdan', found: 'NO_CHILD' }]);
  });
});

describe('checking the planted bad rows', () => {
  const outcome = {
    file: 'f',
    rows: 3,
    accepted: 2,
    unchanged: 0,
    quarantined: [{ line: 3, code: 'DATE_INVALID' }],
    records: new Set([2, 4]),
  };
  it('finds nothing where the bad row alone was kept aside', () => {
    expect(checkBadRows([outcome], [{ file: 'f', line: 3, code: 'impossible-date', expect: 'reject' }]).faults).toEqual([]);
  });
  it('names a bad row that became a record, a good one kept aside, and a row lost', () => {
    const { faults } = checkBadRows([{ ...outcome, rows: 4 }], [{ file: 'f', line: 2, code: 'nul-byte', expect: 'reject' }]);
    expect(faults.map((fault) => fault.fault)).toEqual(['ROWS_NOT_ACCOUNTED', 'ACCEPTED_BAD_ROW', 'QUARANTINED_GOOD_ROW']);
  });
});
