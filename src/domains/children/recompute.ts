import type { Sql } from '../../db/sql.ts';
import type { ChildEngine } from '../../linkage/child-engine.ts';
import { EMPTY_PLACES, Gazetteer, learnPlaces } from '../../linkage/gazetteer.ts';
import type { LinkRecord } from '../../linkage/engine.ts';
import type { PlacesSnapshot } from '../../linkage/link-model.ts';
import { autoRules } from '../../linkage/link-rules.ts';
import type { PairScore } from '../../linkage/pair.ts';
import { placeText } from '../../linkage/places.ts';
import { type Component, loadComponent } from './link-component.ts';
import { type Question, questionsOf, refreshReview } from './link-review.ts';
import { relink, type Relinked, type RelinkReason } from './relink.ts';

export interface Recomputed extends Omit<Relinked, 'children'> {
  /** Records that were clustered anew. */
  readonly compared: number;
}
export interface RecomputeOptions extends RelinkReason {
  /** Records that changed, or whose neighbours did. */
  readonly seeds: readonly string[];
  /** Children that lost records, and records that left. */
  readonly touched?: readonly string[];
  readonly gone?: readonly string[];
  onStage?(stage: string, done: number): void;
}

const placeOf = ({ country, settlement, municipality, settlementText, source }: LinkRecord): string =>
  `${country}|${settlement ?? ''}|${municipality ?? ''}|${settlementText ? placeText(settlementText) : ''}|${source === 'school' ? 's' : ''}`;

const knowsPlaces = ({ settlements, municipalities }: PlacesSnapshot): boolean =>
  Object.keys(settlements).length + Object.keys(municipalities).length > 0;

/** Places as the model learnt them; a model that came with the program knows none, and these records must do. */
function placesOf({ model }: ChildEngine, groups: readonly (readonly LinkRecord[])[]): Gazetteer {
  if (knowsPlaces(model.places)) return new Gazetteer(model.places);
  const known = groups.some((group) => group.some(({ settlement, municipality }) => settlement && municipality));
  const children = groups.filter((group) => group.length > 1).map((group) => group.map(placeOf));
  return new Gazetteer(known || children.length > 0 ? learnPlaces(groups.flat().map(placeOf), children) : EMPTY_PLACES);
}

/** Where only a sibling is to be feared, a pair links though it is weaker than others must be. */
const mayLinkFrom = ({ model }: ChildEngine): number => {
  const { linkBits, loneBits } = autoRules(model);
  return linkBits - loneBits;
};
const questionOf = ({ a, b, weight, reason }: PairScore): Question => ({ a, b, weight, reason: reason ?? 'WEAK' });

function clustersOf(engine: ChildEngine, { members, rivals, scores, decisions }: Component) {
  const known = new Set([...members, ...rivals].map(({ record }) => record));
  return engine.cluster({
    records: [...members, ...rivals],
    scores,
    decisions: decisions.filter(({ a, b }) => known.has(a) && known.has(b)),
  });
}

/** Clusters the whole components of some records anew from their stored scores, and brings links, cards, guardians and the review queue in line. */
export async function recompute(sql: Sql, engine: ChildEngine, options: RecomputeOptions): Promise<Recomputed> {
  const component = await loadComponent(sql, options.seeds, mayLinkFrom(engine));
  const { members, linked, held, decisions } = component;
  const own = new Map(members.map((record) => [record.record, record]));
  const { clusters, review } = clustersOf(engine, component);
  // A rival's own cluster is not known here: its component was not loaded.
  const groups = clusters.filter(({ records }) => own.has(records[0] as string));
  const done = await relink(sql, {
    ...options,
    model: engine.model.id,
    places: placesOf(
      engine,
      groups.map(({ records }) => records.flatMap((record) => own.get(record) ?? [])),
    ),
    records: members,
    groups: groups.map(({ records, links }) => ({ records, links: () => links })),
    linked,
    held,
    isRegistry: (record) => own.get(record)?.source === 'registry',
    touched: options.touched ?? [],
  });
  const childOf = new Map(linked);
  groups.forEach(({ records }, i) => {
    for (const record of records) childOf.set(record, done.children[i] as string);
  });
  const asked = review.filter(({ a, b }) => own.has(a) || own.has(b)).map(questionOf);
  const questions = questionsOf(asked, (record) => childOf.get(record), decisions);
  const gone = options.gone ?? [];
  if (component.isAsked || gone.length + questions.length > 0)
    await refreshReview(sql, engine.model.id, [...own.keys(), ...gone], questions);
  return { created: done.created, vacated: done.vacated, moved: done.moved, compared: members.length };
}
