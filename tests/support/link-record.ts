import type { FeedKind } from '../../src/kernel/brands.ts';
import type { LinkRecord } from '../../src/linkage/engine.ts';

const SOURCES = {
  population: 'registry',
  'school-roll': 'school',
  'siiir-roll': 'school',
  absences: 'school',
  assistance: 'assistance',
  'parents-abroad': 'assistance',
  visits: 'outreach',
} as const;
let next = 0;

/** A record for tests: whatever is not said is not known. `id` is a valid EGN (any text stands for its keyed hash), `birth` as ISO text of any precision. */
export function linkRecord(
  said: Partial<Omit<LinkRecord, 'birth' | 'source'>> & {
    readonly kind: keyof typeof SOURCES & FeedKind;
    readonly id?: string;
    readonly badId?: string;
    readonly born?: string;
  },
): LinkRecord {
  const { id, badId, born, ...rest } = said;
  const [year, month, day] = (born ?? '').split('-').map(Number);
  next += 1;
  return {
    record: String(next),
    source: SOURCES[said.kind],
    country: 'BG',
    ids: [
      ...(id ? [{ scheme: 'EGN' as const, mac: id, valid: true, birth: null, sex: null, corrections: [] }] : []),
      ...(badId ? [{ scheme: 'EGN' as const, mac: badId, valid: false, birth: null, sex: null, corrections: [] }] : []),
    ],
    givenName: null,
    patronymic: null,
    familyName: null,
    birth: year ? { year, month: month ?? null, day: day ?? null } : null,
    sex: null,
    settlement: null,
    settlementText: null,
    municipality: null,
    schoolId: null,
    addresses: [],
    motherName: null,
    motherMac: null,
    fatherMac: null,
    guardianMac: null,
    ...rest,
  };
}
