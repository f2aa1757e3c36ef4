import type { Sql } from '../../db/sql.ts';
import type { Link, LinkRecord } from '../../linkage/engine.ts';
import type { Gazetteer } from '../../linkage/gazetteer.ts';
import { refreshCards } from './card.ts';
import { refreshGuardians } from './guardians.ts';
import { assignChildren } from './link-assign.ts';
import { followOnline } from './link-online.ts';
import { createChildren, type Happening, type Move, type Recorded, writeHappenings } from './link-write.ts';
import { recordReopened, type SubjectOf } from './reopened.ts';

/** The records of one child, ascending, and what they were linked by. */
export interface Group {
  readonly records: readonly string[];
  /** A spanning tree. */
  links(): readonly Link[];
}
export interface Relinked {
  /** Children made, and children left without any record. */
  readonly created: number;
  readonly vacated: number;
  /** Records whose child changed, first links included. */
  readonly moved: number;
  /** The child of each group. */
  readonly children: readonly string[];
}
/** Who asked for links to be made anew, and why. */
export interface RelinkReason {
  readonly actor: string;
  /** For an act of a human; otherwise it shows whether records left a child that lives on. */
  readonly kind?: 'link' | 'unlink';
  readonly reason?: string;
  readonly decision?: string;
  /** The ledger's name of a child; without it the disclosures about a child cannot be listed. */
  readonly subjectOf?: SubjectOf;
}
export interface RelinkOptions extends RelinkReason {
  readonly model: string;
  readonly places: Gazetteer;
  /** What the engine says of whole components. */
  readonly groups: readonly Group[];
  readonly linked: ReadonlyMap<string, string>;
  readonly held: ReadonlyMap<string, string>;
  isRegistry(record: string): boolean;
  /** All records of the groups, where they are few enough to be at hand. */
  readonly records?: readonly LinkRecord[];
  /** Children that lost records before this, as superseded records do. */
  readonly touched: readonly string[];
  onStage?(stage: string, done: number): void;
}

const namesParents = ({ motherMac, fatherMac, guardianMac }: LinkRecord): boolean => (motherMac ?? fatherMac ?? guardianMac) !== null;
/** Links kept as evidence of one event. */
const MOST_LINKS = 40;
const CHUNK = 5_000;

function happeningOf(group: Group, child: string, lives: ReadonlySet<string>, options: RelinkOptions): Happening | null {
  const moves: Move[] = [];
  for (const record of group.records) {
    const from = options.linked.get(record) ?? null;
    if (from !== child) moves.push({ record, from, to: child });
  }
  if (moves.length === 0) return null;
  const moved = new Set(moves.map(({ record }) => record));
  const links = group
    .links()
    .filter(({ a, b }) => moved.has(a) || moved.has(b))
    .slice(0, MOST_LINKS);
  const leaves = moves.some(({ from }) => from !== null && lives.has(from));
  const { kind, reason, decision } = options;
  return { kind: kind ?? (leaves ? 'split' : 'link'), child, evidence: { links, reason, decision }, moves };
}

/** Brings the stored links, cards and guardians in line with what the engine says. Child numbers are never reused. */
export async function relink(sql: Sql, options: RelinkOptions): Promise<Relinked> {
  const { groups, actor, model } = options;
  const assigned = assignChildren(groups, options);
  const lives = new Set(assigned.filter((child) => child !== null));
  const children: string[] = [];
  const changed = new Set(options.touched);
  const parted: Recorded[] = [];
  const whither = new Map<string, string>();
  let [created, moved, left] = [0, 0, 0];
  const naming = options.records && new Set(options.records.filter(namesParents).map(({ record }) => record));
  let named = naming === undefined;
  for (let start = 0; start < groups.length; start += CHUNK) {
    const chunk = assigned.slice(start, start + CHUNK);
    const made = await createChildren(sql, chunk.filter((child) => child === null).length);
    created += made.length;
    made.reverse();
    const happenings: Happening[] = [];
    chunk.forEach((known, i) => {
      const child = known ?? (made.pop() as string);
      children.push(child);
      const happening = happeningOf(groups[start + i] as Group, child, lives, options);
      if (happening) happenings.push(happening);
    });
    for (const happening of await writeHappenings(sql, { actor, engine: model }, happenings)) {
      changed.add(happening.child);
      moved += happening.moves.length;
      for (const { record, from } of happening.moves) {
        named ||= naming?.has(record) === true;
        if (from === null) continue;
        changed.add(from);
        left += 1;
        if (!lives.has(from) && !whither.has(from)) whither.set(from, happening.child);
      }
      if (happening.kind !== 'link') parted.push(happening);
    }
    options.onStage?.('write', Math.min(start + CHUNK, groups.length));
  }
  await writeHappenings(sql, { actor, engine: model }, await followOnline(sql, whither));
  if (parted.length > 0) await recordReopened(sql, parted, options.subjectOf);
  options.onStage?.('cards', changed.size);
  if (changed.size === 0) return { created, vacated: 0, moved, children };
  const mayVacate = left > 0 || options.touched.length > 0;
  const vacated = await refreshCards(sql, [...changed], { places: options.places, records: options.records, mayVacate });
  // Who has a child in care changes with the records that name parents, and with none that are at hand and name nobody.
  if (mayVacate || named) await refreshGuardians(sql, [...changed]);
  return { created, vacated, moved, children };
}
