import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import type { ChildEngine } from '../../linkage/child-engine.ts';
import type { Link, LinkRecord } from '../../linkage/engine.ts';
import { Gazetteer } from '../../linkage/gazetteer.ts';
import type { StoredLinkage } from '../../linkage/threads/link-apart.ts';
import { ModelRefused } from '../../linkage/model-refused.ts';
import { REVIEW_REASONS } from '../../linkage/pair.ts';
import { named, storeModel } from './link-model-store.ts';
import { questionsOf, refreshReview } from './link-review.ts';
import { writeLinkage } from './link-pairs.ts';
import { batchesOf, loadDecisions, readFeatures, type StandingDecision, streamLinkRecords } from './link-store.ts';
import type { SubjectOf } from './reopened.ts';
import type { LinkTools } from './link-tools.ts';
import { type Group, relink, type Relinked } from './relink.ts';

export interface BulkOptions {
  readonly actor: string;
  readonly tools: LinkTools;
  /** Under which the records are linked where nothing can be learnt from them. */
  readonly engine: ChildEngine;
  /** Records that have no profile yet. */
  readonly fresh: readonly string[];
  /** Children that lost records, as superseded records do. */
  readonly touched: readonly string[];
  readonly subjectOf?: SubjectOf;
  onStage?(stage: string, done: number): void;
}

/** Fewer tell too little of how often children agree by chance. */
const FEWEST_TO_LEARN = 500;
const KEYS_AT_ONCE = 500_000;

async function addProfiles(sql: Sql, { fresh, onStage }: BulkOptions): Promise<void> {
  let done = 0;
  for (const batch of batchesOf(fresh, 2_000)) {
    await writeLinkage(sql, { records: await readFeatures(sql, batch), keysOf: () => [], scores: [], model: '' });
    done += batch.length;
    onStage?.('read', done);
  }
}

/** Links all records in worker threads, by a model learnt from them; else, where none can be learnt, by the one that stands. */
async function linkEverything(
  sql: Sql,
  options: BulkOptions,
  records: string[],
  decisions: readonly StandingDecision[],
): Promise<StoredLinkage> {
  const { tools, engine } = options;
  const { rows } = await sql.query<{ n: string }>('select count(*) as n from hub.link_profile');
  const stream = async function* (): AsyncGenerator<LinkRecord> {
    records.length = 0;
    for await (const page of streamLinkRecords(sql)) {
      for (const record of page) records.push(record.record);
      yield* page;
    }
  };
  const onProgress = (stage: string, done: number) => options.onStage?.(stage, done);
  if (Number(rows[0]?.n) >= FEWEST_TO_LEARN) {
    try {
      return await tools.linkAll(stream(), { decisions, onProgress, previous: engine.model });
    } catch (error) {
      if (!(error instanceof ModelRefused)) throw error;
      options.onStage?.(`model refused: ${error.message}`, records.length);
    }
  }
  return tools.linkAll(stream(), { model: engine.model, decisions, onProgress });
}

/** Keys depend on the model: it knows what places are called. */
async function rewriteKeys(sql: Sql, engine: ChildEngine, onStage: BulkOptions['onStage']): Promise<void> {
  // Emptied, not deleted from: twenty million dead rows would stay behind. Only linking reads it.
  await sql.query('truncate hub.link_key');
  let [keys, owners]: [string[], string[]] = [[], []];
  // In the order of the index: each of its pages is met once, not once a key.
  const write = async (): Promise<void> => {
    await sql.query('insert into hub.link_key (h, record_id) select * from unnest($1::bigint[], $2::bigint[]) order by 1', [
      arrayLiteral(keys),
      arrayLiteral(owners),
    ]);
    [keys, owners] = [[], []];
  };
  let done = 0;
  for await (const page of streamLinkRecords(sql)) {
    for (const record of page) {
      for (const key of engine.keys(record)) {
        keys.push(key);
        owners.push(record.record);
      }
    }
    if (keys.length > KEYS_AT_ONCE) await write();
    done += page.length;
    onStage?.('keys', done);
  }
  await write();
}

async function rewritePairs(
  sql: Sql,
  linkage: StoredLinkage,
  model: string,
  records: readonly string[],
  onStage: BulkOptions['onStage'],
): Promise<void> {
  await sql.query('delete from hub.pair_score');
  const { edges } = linkage;
  const size = 20_000;
  for (let from = 0; from < edges.count; from += size) {
    const to = Math.min(from + size, edges.count);
    const columns: (string | number | null)[][] = [[], [], [], [], [], []];
    for (let e = from; e < to; e += 1) {
      const [a, b] = [records[edges.a[e] as number] as string, records[edges.b[e] as number] as string];
      const reason = edges.reason[e] as number;
      const row = [
        ...(Number(a) < Number(b) ? [a, b] : [b, a]),
        edges.weight[e] as number,
        linkage.levelsOf(e),
        reason === 0 ? 'AUTO' : 'REVIEW',
        reason === 0 ? null : (REVIEW_REASONS[reason - 1] as string),
      ];
      for (const [i, value] of row.entries()) columns[i]?.push(value);
    }
    await sql.query(
      `insert into hub.pair_score (a, b, weight, levels, band, reason, model_id)
       select *, $7 from unnest($1::bigint[], $2::bigint[], $3::double precision[], $4::text[], $5::text[], $6::text[])`,
      [...columns.map((column) => arrayLiteral(column)), model],
    );
    onStage?.('pairs', to);
  }
}

/** The clusters of a linkage, each with the edges that joined it. */
function groupsOf(linkage: StoredLinkage, records: readonly string[]): Group[] {
  const { auto, tree, edges } = linkage;
  const members = new Map<number, string[]>();
  auto.forEach((head, i) => {
    const list = members.get(head);
    if (list) list.push(records[i] as string);
    else members.set(head, [records[i] as string]);
  });
  const joined = Map.groupBy(tree, (edge) => auto[edges.a[edge] as number] as number);
  const linkOf = (edge: number): Link => ({
    a: records[edges.a[edge] as number] as string,
    b: records[edges.b[edge] as number] as string,
    rule: 'AUTO',
    because: [`bits:${(edges.weight[edge] as number).toFixed(1)}`],
  });
  return [...members].map(([head, list]) => ({ records: list, links: () => (joined.get(head) ?? []).map(linkOf) }));
}

async function loadHoldings(sql: Sql, fresh: readonly string[]): Promise<{ linked: Map<string, string>; held: Map<string, string> }> {
  const linked = new Map<string, string>();
  for (let after: string | undefined = '0'; after !== undefined; ) {
    const { rows }: { rows: { record: string; child: string }[] } = await sql.query<{ record: string; child: string }>(
      'select record_id::text as record, child_id::text as child from hub.membership where valid_to is null and record_id > $1::bigint order by record_id limit 20000',
      [after],
    );
    for (const { record, child } of rows) linked.set(record, child);
    after = rows.at(-1)?.record;
  }
  const held = new Map(linked);
  for (const batch of batchesOf(fresh)) {
    const { rows } = await sql.query<{ record: string; child: string }>(
      `select distinct on (s.record_id) s.record_id::text as record, m.child_id::text as child from unnest($1::bigint[]) u (r) join hub.source_record s on s.record_id = u.r
       join hub.membership m on m.record_id = s.previous_record order by s.record_id, m.valid_to desc nulls first, m.valid_from desc`,
      [arrayLiteral(batch)],
    );
    for (const { record, child } of rows) if (!held.has(record)) held.set(record, child);
  }
  return { linked, held };
}

async function loadRegistry(sql: Sql): Promise<Set<string>> {
  const { rows } = await sql.query<{ record: string }>(
    `select record_id::text as record from hub.link_feature where is_current and source = 'registry'`,
  );
  return new Set(rows.map(({ record }) => record));
}

/** Links all records anew: what comes out is what one by one would give under the same model. */
export async function linkInBulk(sql: Sql, options: BulkOptions): Promise<Omit<Relinked, 'children'> & { records: number; model: string }> {
  const { onStage, tools } = options;
  await addProfiles(sql, options);
  const records: string[] = [];
  const decisions = await loadDecisions(sql);
  const linkage = await linkEverything(sql, options, records, decisions);
  // Also where nothing new was learnt: it says of how many records that is known.
  const model = await named(sql, linkage.model);
  await storeModel(sql, model, records.length);
  await rewriteKeys(sql, tools.childEngine(model), onStage);
  await rewritePairs(sql, linkage, model.id, records, onStage);
  const { linked, held } = await loadHoldings(sql, options.fresh);
  const registry = await loadRegistry(sql);
  const groups = groupsOf(linkage, records);
  const done = await relink(sql, {
    actor: options.actor,
    subjectOf: options.subjectOf,
    model: model.id,
    places: new Gazetteer(model.places),
    groups,
    linked,
    held,
    isRegistry: (record) => registry.has(record),
    touched: options.touched,
    onStage,
  });
  groups.forEach((group, i) => {
    for (const record of group.records) linked.set(record, done.children[i] as string);
  });
  const asked = linkage.review.map(({ a: i, b: j, weight, reason }) => {
    const [a, b] = [records[i] as string, records[j] as string];
    return Number(a) < Number(b) ? { a, b, weight, reason } : { a: b, b: a, weight, reason };
  });
  onStage?.('review', asked.length);
  const questions = questionsOf(asked, (record) => linked.get(record), decisions);
  const { rows } = await sql.query<{ record: string }>('select a::text as record from hub.review_pair where closed_at is null');
  await refreshReview(
    sql,
    model.id,
    rows.map(({ record }) => record),
    questions,
  );
  return { created: done.created, vacated: done.vacated, moved: done.moved, records: records.length, model: model.id };
}
