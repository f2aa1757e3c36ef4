import { describe, expect, it } from 'vitest';
import type { FeedFormat, RowContext } from '../../intake/feed-format.ts';
import { assistanceFormat } from './intake.ts';
import { parentsAbroadFormat } from './intake-parents-abroad.ts';

const context: RowContext = { schools: new Map(), municipalities: new Map([['RO:96496', '96478']]), country: null };
function reader(format: FeedFormat, line: string, separator: string) {
  return (changes: Record<string, string> = {}) =>
    format.parse(
      format.columns.map((column, i) => changes[column] ?? (line.split(separator)[i] as string)),
      context,
    );
}
const slavcho = reader(
  assistanceFormat,
  'ЗСПД-2026-11228|1347199468|0|Славчо|Огнянов|Димитров|2013-07-19|чл.7 ЗСПД|2023-07-17||50.00|BGN|8802124196|0|Величка|Димитрова|Добрева|София|ул. Кокиче 15',
  '|',
);
const denis = reader(
  parentsAbroadFormat,
  '5190219226968,Trifan,Denis,2019-02-19,2026-05-24,2026-09-03,ES,DA,Catana Daniela,2871118213815,2129/2026,96496,nr. 384',
  ',',
);

describe('a benefit', () => {
  it('gives the entitlement and the guardian who is paid', () => {
    const parsed = slavcho();
    expect(parsed).toMatchObject({
      country: 'BG',
      feature: { source: 'assistance', settlement: null, settlementText: 'София', municipality: null },
    });
    expect(parsed.values.slice(1, 8)).toEqual([
      'ЗСПД-2026-11228',
      'чл.7 ЗСПД',
      '2023-07-17',
      null,
      '50.00',
      'BGN',
      'Величка Димитрова Добрева',
    ]);
    expect(parsed.assertions[0]).toMatchObject({ claim: 'RECEIVES_BENEFIT', date: '2023-07-17', detail: 'чл.7 ЗСПД' });
    expect(parsed.guardians).toMatchObject([{ relation: 'guardian', id: { scheme: 'EGN', digits: '8802124196' } }]);
  });

  it("is of the country of the child's id, the guardian's, or the currency", () => {
    const none = { intIDType: '-1', IDNumber: '', GuardianIDType: '-1', GuardianIDNumber: '' };
    expect(slavcho({ ...none, GuardianIDType: '3', GuardianIDNumber: '2750830081590' }).country).toBe('RO');
    expect(slavcho({ ...none, Currency: 'RON' }).country).toBe('RO');
    expect(slavcho({ ...none, Currency: 'EUR' }).country).toBe('BG');
  });

  it('is refused for an amount that is no number or a currency that is in no list', () => {
    expect(() => slavcho({ Amount: '12,3,4' })).toThrow(expect.objectContaining({ code: 'NOT_A_NUMBER' }));
    expect(() => slavcho({ Currency: 'USD' })).toThrow(expect.objectContaining({ code: 'UNKNOWN_CODE' }));
  });
});

describe('a notice of a parent abroad', () => {
  it('gives the notice, the carer, and the municipality of the settlement', () => {
    const parsed = denis();
    expect(parsed.values).toEqual(['2026-05-24', '2026-09-03', 'ES', true, 'Catana Daniela', true, '2129/2026', '96496', 'nr. 384']);
    expect(parsed.feature).toMatchObject({ municipality: '96478', settlement: '96496', familyName: 'Trifan' });
    expect(parsed.guardians).toMatchObject([{ relation: 'carer', name: 'Catana Daniela', id: { scheme: 'CNP' } }]);
    expect(parsed.assertions[0]).toMatchObject({ claim: 'PARENT_ABROAD', date: '2026-09-03', detail: 'ES' });
  });

  it('says when no carer is named', () => {
    expect(denis({ ingrijitor_nume: '', ingrijitor_cnp: '' })).toMatchObject({ guardians: [] });
    expect(denis({ ingrijitor_nume: '', ingrijitor_cnp: '' }).values[5]).toBe(false);
  });
});
