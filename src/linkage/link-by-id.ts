import { evidenceOf, explain } from './evidence.ts';
import type { Groups } from './groups.ts';
import type { NameStatistics } from './name-statistics.ts';
import { type Profile, profileOf, type RecordFeatures } from './profile.ts';
import { ID_RULES } from './rules.ts';

interface Edge {
  readonly a: number;
  readonly b: number;
  readonly rule: number;
  readonly because: readonly string[];
}
/** Within one id each record is compared with each; beyond this only with the first ones. */
const FULL_COMPARISON = 60;
const NOWHERE = { settlements: new Set<string>(), municipalities: new Set<string>() };

/** Links records that bear the same valid id and agree in a name or the birth date. Edges in order of rule strength, then of records. */
export function linkById(features: readonly RecordFeatures[], groups: Groups, statistics: NameStatistics): void {
  const isRegistered = (index: number): boolean => features[index]?.record.source === 'registry';
  const bearers = new Map<string, number[]>();
  features.forEach(({ record }, index) => {
    for (const { scheme, mac, valid } of record.ids) {
      if (!valid) continue;
      const list = bearers.get(`${scheme}:${mac}`);
      if (list) list.push(index);
      else bearers.set(`${scheme}:${mac}`, [index]);
    }
  });
  const edges: Edge[] = [];
  const refuted: { index: number; scheme: string; bearer: number }[] = [];
  for (const [id, list] of bearers) {
    if (list.length < 2) continue;
    const profiles = list.map(
      (index): Profile =>
        profileOf(
          [features[index] as RecordFeatures],
          () => NOWHERE,
          () => [],
        ),
    );
    for (let i = 0; i < Math.min(list.length, FULL_COMPARISON); i += 1) {
      for (let j = i + 1; j < list.length; j += 1) {
        const evidence = evidenceOf(profiles[i] as Profile, profiles[j] as Profile, statistics);
        const rule = ID_RULES.findIndex((one) => one.holds(evidence));
        const [first, second] = [list[i] as number, list[j] as number];
        if (rule < 0 && evidence.given === 'differ' && (evidence.birth === 'differ' || evidence.birth === 'unknown')) {
          const scheme = id.slice(0, id.indexOf(':'));
          if (isRegistered(first) && !isRegistered(second)) refuted.push({ index: second, scheme, bearer: first });
          if (isRegistered(second) && !isRegistered(first)) refuted.push({ index: first, scheme, bearer: second });
        }
        if (rule >= 0) edges.push({ a: list[i] as number, b: list[j] as number, rule, because: ['id:same', ...explain(evidence)] });
      }
    }
  }
  edges.sort((x, y) => x.rule - y.rule || x.a - y.a || x.b - y.b);
  for (const { a, b, rule, because } of edges) groups.link(a, b, ID_RULES[rule]?.name ?? '', because, 'id');
  // An everyday name on another record may have tied it to its id after all.
  for (const { index, scheme, bearer } of refuted) if (groups.of(index) !== groups.of(bearer)) groups.refute(index, scheme, bearer);
}
