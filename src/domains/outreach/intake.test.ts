import { describe, expect, it } from 'vitest';
import type { RowContext } from '../../intake/feed-format.ts';
import { jsonCells } from '../../intake/json-cells.ts';
import { visitsFormat } from './intake.ts';

const context: RowContext = { schools: new Map(), municipalities: new Map(), country: null };
const VISIT = {
  team: 'SFO26-3',
  visitedOn: '2026-02-28',
  attempt: 2,
  settlement: 'Petarch',
  address: 'ul. Opalchenska 76',
  child: { idType: -1, givenName: 'Rumen', familyName: 'Stoykov', birthDate: '2019', motherName: 'Daniela' } as Record<string, unknown>,
  outcome: 'NOT_AT_HOME',
  evidenceGrade: 'E',
  protocolNo: 'ПР-0007/2026',
};
const visit = (changes: Record<string, unknown> = {}) =>
  visitsFormat.parse(jsonCells(JSON.stringify({ ...VISIT, ...changes }), visitsFormat), context);

describe('a visit', () => {
  it('gives the protocol, and of the child what little is known', () => {
    const parsed = visit();
    expect(parsed.values).toEqual([
      'SFO26-3',
      '2026-02-28',
      2,
      'Petarch',
      'ul. Opalchenska 76',
      'NOT_AT_HOME',
      'E',
      'ПР-0007/2026',
      null,
      null,
    ]);
    expect(parsed.feature).toMatchObject({
      source: 'outreach',
      birthYear: 2019,
      birthMonth: null,
      municipality: 'SFO26',
      settlementText: 'Petarch',
    });
    expect(parsed.assertions).toMatchObject([
      { claim: 'VISITED', date: '2026-02-28', detail: 'NOT_AT_HOME', grade: 'E' },
      { claim: 'BORN', date: null, detail: '2019' },
    ]);
    expect(parsed.guardians).toEqual([{ relation: 'mother', name: 'Daniela', id: null }]);
  });

  it.each([
    ['ABROAD_STATED_BY_RELATIVE', 'ABROAD_STATED'],
    ['ABROAD_STATED_BY_NEIGHBOUR', 'ABROAD_STATED'],
    ['ENROLLED_ELSEWHERE', 'ENROLLED_ELSEWHERE_STATED'],
    ['FOREIGN_SCHOOL_CLAIMED', 'FOREIGN_SCHOOL_CLAIMED'],
    ['MOVED_IN_BG', 'MOVED_IN_COUNTRY'],
    ['DECEASED_STATED', 'DECEASED_STATED'],
    ['REFUSED', 'VISITED'],
  ])('with outcome %s claims %s', (outcome, claim) => {
    expect(visit({ outcome, evidenceGrade: 'B' }).assertions[0]).toMatchObject({ claim, grade: 'B', detail: outcome });
  });

  it('knows the country by the id, else by the team', () => {
    expect(visit().country).toBe('BG');
    expect(visit({ team: '96003-2' })).toMatchObject({ country: 'RO', feature: { municipality: '96003' } });
    expect(visit({ child: { ...VISIT.child, idType: 3, id: '6201120220337' } }).country).toBe('RO');
    expect(visit({ team: 'екип 3' })).toMatchObject({ country: 'RO', feature: { municipality: null } });
    expect(visit({ team: 'екип 3', settlement: 'Петърч' }).country).toBe('BG');
  });

  it('takes the month of birth where it is known', () => {
    const parsed = visit({ child: { ...VISIT.child, birthDate: '2022-04' } });
    expect(parsed.assertions[1]).toMatchObject({ claim: 'BORN', date: null, detail: '2022-04' });
  });

  it.each([
    [{ outcome: 'ABROAD_MAYBE' }, 'UNKNOWN_CODE'],
    [{ evidenceGrade: 'F' }, 'UNKNOWN_CODE'],
    [{ visitedOn: '2026-02-31' }, 'IMPOSSIBLE_DATE'],
    [{ child: undefined }, 'MISSING_CHILD'],
    [{ child: { idType: -1 } }, 'MISSING_CHILD'],
    [{ protocolNo: '' }, 'MISSING_KEY'],
    [{ note: { text: 'a' } }, 'MALFORMED_JSON'],
  ])('with %j is refused: %s', (changes, code) => {
    expect(() => visit(changes)).toThrow(expect.objectContaining({ code }));
  });
});
