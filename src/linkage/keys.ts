import type { LinkRecord } from './engine.ts';
import { isFullAddress } from './places.ts';
import { featuresOf, type RecordFeatures } from './profile.ts';

/**
 * Keys under which a record is looked for: ids, ids of parents, one name with the birth date or year, given and family name together.
 * Each given and family name counts alike, so that exchanged columns meet. Prefixes: `i` id, `g` parent or guardian, `d` date, `y` year, `n` names, `a` address.
 */
export function keysOfFeatures({ record, name, addresses }: RecordFeatures): string[] {
  const keys = new Set<string>();
  const { country, birth } = record;
  for (const { scheme, mac } of record.ids) keys.add(`i:${scheme}:${mac}`);
  for (const mac of [record.motherMac, record.fatherMac, record.guardianMac]) if (mac) keys.add(`g:${mac}`);
  const words = [...new Set([...name.given, ...name.patronymic, ...name.family].map(({ neutral }) => neutral))];
  for (const word of words) {
    if (birth?.month && birth.day) keys.add(`d:${country}:${word}:${birth.year}-${birth.month}-${birth.day}`);
    if (birth) keys.add(`y:${country}:${word}:${birth.year}`);
  }
  const family = [...name.family, ...name.patronymic];
  for (const a of name.given) for (const b of family) keys.add(`n:${country}:${[a.neutral, b.neutral].sort().join('+')}`);
  for (const address of addresses) {
    if (isFullAddress(address)) keys.add(`a:${country}:${address}`);
    for (const word of words) keys.add(`a:${country}:${word}:${address}`);
    // Two years that differ by one share the later.
    if (birth) for (const year of [birth.year, birth.year + 1]) keys.add(`a:${country}:${year}:${address}`);
  }
  return [...keys];
}

export function keysOf(record: LinkRecord): string[] {
  return keysOfFeatures(featuresOf(record));
}
