import { type Cluster, compareRecords, type Constraints, type LinkEngine, type LinkRecord } from './engine.ts';
import { type Group, Groups } from './groups.ts';
import { keysOf, keysOfFeatures } from './keys.ts';
import { linkById } from './link-by-id.ts';
import { NameLinker } from './link-by-name.ts';
import { NameStatistics } from './name-statistics.ts';
import type { Name } from './names.ts';
import { linkRenumbered } from './link-renumbered.ts';
import { type Place, Places } from './places.ts';
import { featuresOf, profileOf, type RecordFeatures } from './profile.ts';

/** Names of mothers by the keyed hash of their id, learned from their children's records. */
function motherNames(children: Iterable<readonly RecordFeatures[]>): ReadonlyMap<string, readonly Name[]> {
  const names = new Map<string, Name[]>();
  for (const child of children) {
    const macs = new Set(child.flatMap(({ record }) => record.motherMac ?? []));
    const [mac] = macs;
    if (macs.size !== 1 || mac === undefined) continue;
    for (const { mother } of child) if (mother.length > 0) names.set(mac, [...(names.get(mac) ?? []), mother]);
  }
  return names;
}

function cluster(records: readonly LinkRecord[], constraints: Constraints): Cluster[] {
  const features = [...records].sort((a, b) => compareRecords(a.record, b.record)).map(featuresOf);
  const statistics = new NameStatistics();
  for (const { name } of features) statistics.add(name.given, name.family);
  const groups = new Groups(features, constraints);
  linkById(features, groups, statistics);

  const membersOf = ({ members }: Group): RecordFeatures[] => members.map((index) => features[index] as RecordFeatures);
  const children = groups.all().map(membersOf);
  const places = new Places(
    children.filter((child) => child.length > 1).map((child) => child.map(({ record }) => record)),
    features.map(({ record }) => record),
  );
  const found = new Map(features.map(({ record }) => [record.record, places.of(record)]));
  const placeAt = (record: LinkRecord): Place => found.get(record.record) as Place;
  linkRenumbered(features, groups, statistics, placeAt);
  const linker = new NameLinker(groups, statistics, features.map(keysOfFeatures), () => {
    // What one round has linked tells the next how mothers are called.
    const mothers = motherNames(groups.all().map(membersOf));
    return (group) => profileOf(membersOf(group), placeAt, (mac) => mothers.get(mac) ?? []);
  });
  linker.run();
  return groups
    .all()
    .map(({ members, links }) => ({ records: members.map((index) => (features[index] as RecordFeatures).record.record), links }));
}

/** Linkage by rules: by valid id with a check, else by names, dates, parents and places where one child only fits. */
export const deterministicEngine: LinkEngine = { version: 'rules/1', keys: keysOf, cluster };
