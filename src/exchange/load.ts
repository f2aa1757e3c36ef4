import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import type { Outcome } from '../policy/outcome.ts';
import { settle } from '../policy/settle.ts';
import type { Exchange } from './context.ts';
import { type RecordShape, storedShape } from './datum.ts';
import { selectedFields } from './selection.ts';
import { residualCoordinates, withheldEntry } from './withheld.ts';

/** A row on its way to the caller: asked fields under their GraphQL names, and of which child it is. */
export type Row = Record<string, unknown> & { $child: string };

/** How one set of fields of one type is read and settled in one view; static, so made once. */
interface LoadPlan {
  shape: RecordShape;
  columns: string;
  decoders: { field: string; decode: (row: Record<string, unknown>) => unknown }[];
  coordinates: string[];
  residual: { field: string; coordinate: string; outcome: Outcome }[];
}

const plans = new WeakMap<object, Map<string, LoadPlan>>();

function distinctRows(rows: Row[]): Row[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const key = JSON.stringify(row, (name, value: unknown) => (name.startsWith('$') && name !== '$child' ? undefined : value));
    return !seen.has(key) && seen.add(key);
  });
}

/** Reads batches of rows for the children of a request and settles them. Rooms name a type; the columns follow from what was asked. */
export class Loading {
  readonly #exchange: Exchange;
  readonly #loaders = new Map<string, DataLoader<string, Row[] | null>>();
  readonly #named = new Map<string, DataLoader<string, Row | null>>();
  readonly #own = new Map<string, DataLoader<string, unknown>>();

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** The plan of reading `fields` of a type in this view. Fields that are not stored are left to their resolvers. */
  plan(type: string, fields: readonly string[]): LoadPlan {
    const { plan: view, vault } = this.#exchange;
    const ofView = plans.get(view) ?? new Map<string, LoadPlan>();
    plans.set(view, ofView);
    const key = `${type}|${fields.join()}`;
    const known = ofView.get(key);
    if (known) return known;
    const shape = storedShape(type);
    const columns = new Map<string, string>();
    const decoders: LoadPlan['decoders'] = [];
    for (const field of fields) {
      const stored = shape.fields.get(field);
      if (!stored) continue;
      const { decode } = stored;
      if (decode) {
        for (const column of stored.columns) columns.set(`$${column}`, column);
        decoders.push({
          field,
          decode: (row) => decode(Object.fromEntries(stored.columns.map((column) => [column, row[`$${column}`]])), vault),
        });
      } else columns.set(field, stored.columns[0] as string);
    }
    for (const [field, hidden] of shape.hidden) if (fields.includes(field)) columns.set(`$${hidden}`, hidden);
    const coordinates = fields.map((field) => `${type}.${field}`);
    const made: LoadPlan = {
      shape,
      columns: [...columns].map(([name, column]) => `, t.${column} as "${name}"`).join(''),
      decoders,
      coordinates,
      residual: fields
        .map((field) => ({
          field,
          coordinate: `${type}.${field}`,
          outcome: view.outcomes.get(`${type}.${field}`) ?? { effect: 'DENY' as const },
        }))
        .filter(({ outcome }) => outcome.effect === 'PERMIT_IF'),
    };
    ofView.set(key, made);
    return made;
  }

  /** Releases or blanks each residual value of rows that are about children, and writes down which. */
  async settleRows(plan: LoadPlan, rows: Row[]): Promise<Row[]> {
    for (const { field, decode } of plan.decoders) for (const row of rows) row[field] = decode(row);
    const children = [...new Set(rows.map((row) => row.$child))];
    if (plan.residual.length > 0) {
      await this.#exchange.facts.meet(children);
      for (const { field, coordinate, outcome } of plan.residual) {
        const kept = new Set((await this.#decide(coordinate, outcome, children)).withheld);
        if (kept.size > 0) for (const row of rows) if (kept.has(row.$child)) row[field] = null;
      }
    }
    this.#exchange.log.released(children, plan.coordinates);
    return rows;
  }

  /** Settles one coordinate for a set of children, before anything of it is read. */
  async #decide(
    coordinate: string,
    outcome: Outcome | undefined,
    children: readonly string[],
  ): Promise<{ released: string[]; withheld: string[] }> {
    if (outcome?.effect === 'PERMIT') return { released: [...children], withheld: [] };
    const { caller, facts, log, session } = this.#exchange;
    await facts.meet(children);
    const context = { kind: caller.kind, purpose: caller.purpose, now: (await session.snapshot()).now };
    const released: string[] = [];
    const withheld: string[] = [];
    for (const childId of children) {
      const decision = settle(outcome ?? { effect: 'DENY' }, facts.of(childId), context);
      if (decision.decision === 'release') released.push(childId);
      else {
        withheld.push(childId);
        log.withhold({ childId, field: coordinate, reason: decision.reason, rule: decision.rule });
      }
    }
    return { released, withheld };
  }

  /** For values that a room computes: the children for whom the coordinate may be released; the others are written down as withheld. */
  async permitted(coordinate: string, children: readonly string[]): Promise<Set<string>> {
    const { released } = await this.#decide(coordinate, this.#exchange.plan.outcomes.get(coordinate), children);
    this.#exchange.log.released(released, [coordinate]);
    return new Set(released);
  }

  /** The records of a type that belong to a child, for a list field of `Child`; null when the field itself is withheld for that child. */
  related(type: string, childId: string, info: GraphQLResolveInfo): Promise<Row[] | null> {
    return this.relatedFields(type, childId, `${info.parentType.name}.${info.fieldName}`, selectedFields(info));
  }

  /** The same for a field that is computed from stored fields of its own choosing. `parent` is the coordinate that the caller refers to. */
  relatedFields(type: string, childId: string, parent: string, fields: readonly string[]): Promise<Row[] | null> {
    const key = `${parent}|${fields.join()}`;
    let loader = this.#loaders.get(key);
    if (!loader) {
      loader = new DataLoader((ids) => this.#readRelated(this.plan(type, fields), parent, ids), { cache: false, maxBatchSize: 1000 });
      this.#loaders.set(key, loader);
    }
    return loader.load(childId);
  }

  /** One record that is no child's, by a key that another row holds, e.g. the school of an enrolment; null when there is none. */
  named(type: string, column: string, key: string | null, info: GraphQLResolveInfo): Promise<Row | null> | null {
    if (key === null) return null;
    const fields = selectedFields(info);
    const name = `${type}|${column}|${fields.join()}`;
    let loader = this.#named.get(name);
    if (!loader) {
      loader = new DataLoader((keys) => this.#readNamed(this.plan(type, fields), column, keys));
      this.#named.set(name, loader);
    }
    return loader.load(key);
  }

  async #readNamed(plan: LoadPlan, column: string, keys: readonly string[]): Promise<(Row | null)[]> {
    const { shape } = plan;
    const rows = await this.#exchange.session.query<Row & { $key: string }>(
      `select t.${column} as "$key"${plan.columns} from ${shape.table} t where t.${column} = any($1) and ${shape.where} order by ${shape.orderBy}`,
      [keys],
    );
    this.#exchange.log.releasedLoose(plan.coordinates);
    const byKey = new Map(rows.map((row) => [row.$key, row]));
    return keys.map((key) => byKey.get(key) ?? null);
  }

  /** A room's own batched read, one loader a name and request; `read` gives a value for each id, in their order. */
  batched<V>(name: string, id: string, read: (ids: readonly string[]) => Promise<V[]>): Promise<V> {
    let loader = this.#own.get(name) as DataLoader<string, V> | undefined;
    if (!loader) {
      loader = new DataLoader(read, { maxBatchSize: 1000 });
      this.#own.set(name, loader as DataLoader<string, unknown>);
    }
    return loader.load(id);
  }

  /** What of the whole operation is withheld for a child, from its facts alone: nothing is read to tell it. */
  async withheldOf(childId: string, info: GraphQLResolveInfo) {
    const { facts, plan, session, caller } = this.#exchange;
    const residual = residualCoordinates(info, plan);
    if (residual.length === 0) return [];
    await facts.meet([childId]);
    const context = { kind: caller.kind, purpose: caller.purpose, now: (await session.snapshot()).now };
    return residual.flatMap(({ coordinate, outcome }) => {
      const decision = settle(outcome, facts.of(childId), context);
      return decision.decision === 'release' ? [] : [withheldEntry(coordinate, decision.reason, decision.rule, plan)];
    });
  }

  async #readRelated(plan: LoadPlan, parent: string, ids: readonly string[]): Promise<(Row[] | null)[]> {
    const { session, log } = this.#exchange;
    const unique = [...new Set(ids)];
    const { released, withheld } = await this.#decide(parent, this.#exchange.plan.outcomes.get(parent), unique);
    const byChild = new Map<string, Row[] | null>(released.map((id) => [id, []]));
    for (const id of withheld) byChild.set(id, null);
    if (released.length > 0) {
      const { shape } = plan;
      const rows = await session.query<Row>(
        `select t.${shape.child} as "$child"${plan.columns} from ${shape.table} t where t.${shape.child} = any($1::bigint[]) and ${shape.where} order by t.${shape.child}, ${shape.orderBy}`,
        [released],
      );
      await this.settleRows(plan, rows);
      for (const row of shape.distinct ? distinctRows(rows) : rows) byChild.get(row.$child)?.push(row);
      // Written down for every child that was looked at: that a list is empty is a disclosure too.
      log.released(released, [parent, ...plan.coordinates]);
    }
    return ids.map((id) => byChild.get(id) ?? null);
  }
}
