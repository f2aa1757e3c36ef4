import type { Sql } from '../../db/sql.ts';
import type { ChildEngine } from '../../linkage/child-engine.ts';

export type Model = ChildEngine['model'];
/** How this hub links; the one place that names the real ones is `link-records.ts`. */
export interface ModelTools {
  /** The model that comes with the program, for as long as none was learned. */
  readonly shipped: Model;
  childEngine(model: Model): ChildEngine;
}

const CURRENT = 'select model_id, trained_at::text as trained from hub.link_model where is_current';
/** The same with the model itself, unless it is kept already: as many statements either way. */
const CURRENT_BODY = `select model_id, trained_at::text as trained, case when model_id || ' ' || trained_at::text = any($1::text[]) then null else body end as body
  from hub.link_model where is_current`;
interface Current {
  readonly model_id: string;
  readonly trained: string;
  readonly body?: Model | null;
}
const MOST_KEPT = 4;
const engines = new Map<string, ChildEngine>();

function keep(key: string, engine: ChildEngine): ChildEngine {
  if (engines.size >= MOST_KEPT) engines.delete(engines.keys().next().value as string);
  engines.set(key, engine);
  return engine;
}

/** Makes a model the current one; the one before it stays, for the scores that name it. */
export async function storeModel(sql: Sql, model: Model, records: number): Promise<void> {
  await sql.query('update hub.link_model set is_current = false where is_current and model_id <> $1', [model.id]);
  await sql.query(
    `insert into hub.link_model (model_id, body, records) values ($1, $2, $3)
     on conflict (model_id) do update set is_current = true where not link_model.is_current`,
    [model.id, JSON.stringify(model), records],
  );
}

/** A model under a name that none bears here. */
export async function named(sql: Sql, model: Model): Promise<Model> {
  const { rows } = await sql.query<{ n: number }>('select count(*)::integer + 1 as n from hub.link_model');
  return { ...model, id: `m${rows[0]?.n}-${model.normaliser}` };
}

/** Scores of another normaliser say nothing here: all records are to be linked anew, under the model that came with the program. */
async function startAnew(sql: Sql, tools: ModelTools): Promise<ChildEngine> {
  await storeModel(sql, tools.shipped, 0);
  for (const table of ['hub.link_profile', 'hub.link_key', 'hub.pair_score']) await sql.query(`delete from ${table}`);
  await sql.query(
    'insert into hub.link_waiting (record_id) select record_id from hub.link_feature where is_current on conflict do nothing',
  );
  return tools.childEngine(tools.shipped);
}

async function modelOf(sql: Sql, id: string): Promise<Model> {
  const { rows } = await sql.query<{ body: Model }>('select body from hub.link_model where model_id = $1', [id]);
  return (rows[0] as { body: Model }).body;
}

/**
 * The engine under the current model; the shipped model becomes it where there is none. Engines are kept between calls: a model is never changed.
 * @param first statements that come before, in the same journey.
 */
export async function currentEngine(sql: Sql, tools: ModelTools, first?: string): Promise<ChildEngine> {
  const answer =
    first === undefined ? await sql.query<Current>(CURRENT_BODY, [[...engines.keys()]]) : await sql.query<Current>(`${first}; ${CURRENT}`);
  // Of several statements in one text `pg` gives a list of results.
  const current = (Array.isArray(answer) ? (answer.at(-1) as typeof answer) : answer).rows[0];
  if (current === undefined) {
    await storeModel(sql, tools.shipped, 0);
    return tools.childEngine(tools.shipped);
  }
  // One process may serve several databases, each with models of its own under the same name.
  const key = `${current.model_id} ${current.trained}`;
  const kept = engines.get(key);
  if (kept) return kept;
  const body = current.body ?? (await modelOf(sql, current.model_id));
  return body.normaliser === tools.shipped.normaliser ? keep(key, tools.childEngine(body)) : startAnew(sql, tools);
}
