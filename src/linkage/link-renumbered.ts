import type { LinkRecord } from './engine.ts';
import { evidenceOf, explain } from './evidence.ts';
import type { Groups } from './groups.ts';
import type { NameStatistics } from './name-statistics.ts';
import type { Place } from './places.ts';
import { profileOf, type RecordFeatures } from './profile.ts';
import { RENUMBERED } from './rules.ts';

/** Links the two entries under which the register holds a renumbered child. */
export function linkRenumbered(
  features: readonly RecordFeatures[],
  groups: Groups,
  statistics: NameStatistics,
  placeOf: (record: LinkRecord) => Place,
): void {
  const entries = new Map<string, number[]>();
  features.forEach(({ record }, index) => {
    const { source, birth, country } = record;
    if (source !== 'registry' || !birth?.day) return;
    for (const mac of [record.motherMac, record.fatherMac]) {
      const key = `${country}:${mac}:${birth.year}-${birth.month}-${birth.day}`;
      if (mac) entries.set(key, [...(entries.get(key) ?? []), index]);
    }
  });
  for (const list of entries.values()) {
    for (const a of list) {
      for (const b of list) {
        if (a >= b) continue;
        const [p, q] = [a, b].map((index) => profileOf([features[index] as RecordFeatures], placeOf, () => []));
        const evidence = p && q && evidenceOf(p, q, statistics);
        if (evidence && RENUMBERED.holds(evidence)) groups.link(a, b, RENUMBERED.name, explain(evidence), 'renumbering');
      }
    }
  }
}
