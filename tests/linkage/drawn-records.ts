import fc from 'fast-check';
import type { LinkRecord } from '../../src/linkage/engine.ts';
import { linkRecord } from '../support/link-record.ts';

const KINDS = ['population', 'school-roll', 'assistance', 'visits'] as const;
const some = <T>(...values: readonly T[]) => fc.constantFrom(...values);

/** A record of few names, dates and ids, so that much agrees by chance, and scores tie. */
const drawn = fc.record({
  kind: some(...KINDS),
  mac: some('a1', 'b2', 'c3', 'd4', null, null),
  state: some('valid', 'valid', 'damaged'),
  givenName: some('Ана', 'Ivan', 'Иван', 'Мария', 'Mariya', 'Петър', 'Георги', 'Жоро', 'Елена', 'Петров', 'Боян', 'Byan'),
  patronymic: some(null, 'Стоянов', 'Стоянова', 'Иванов'),
  familyName: some('Петров', 'Петрова', 'Petrov', 'Иванова', 'Иванов-Петров', 'Димитров', 'Иван', 'Boyan'),
  birth: some(null, [2013, 3, 4], [2013, 4, 3], [2013, 3, 5], [2014, null, null], [2014, 3, 4], [2013, 3, null]),
  sex: some('M', 'F', null),
  mother: some('m1', 'm2', null),
  address: some('ул. Бреза 9', 'ul. Breza 9', 'ул. Рила 72', null),
});
const asRecord = (
  { kind, mac, state, birth, mother, address, ...names }: typeof drawn extends fc.Arbitrary<infer T> ? T : never,
  at: number,
) => {
  const registered = kind === 'population';
  const [year, month, day] = birth ?? [];
  const valid = state === 'valid';
  return {
    ...linkRecord({ kind, ...names }),
    record: String(at + 1),
    ids: mac ? [{ scheme: 'EGN', mac: valid ? mac : `${mac}?`, valid, birth: null, sex: null, corrections: valid ? [] : [mac] }] : [],
    birth: year ? { year, month: month ?? null, day: day ?? null } : null,
    settlement: registered ? '68134' : null,
    settlementText: registered ? null : 'гр. София',
    municipality: 'SOF46',
    schoolId: kind === 'school-roll' ? 'S1' : null,
    addresses: address ? [address] : [],
    motherMac: registered ? mother : null,
    guardianMac: kind === 'assistance' ? mother : null,
  } as LinkRecord;
};
export const drawnRecords = fc.array(drawn, { minLength: 2, maxLength: 14 }).map((list) => list.map(asRecord));
