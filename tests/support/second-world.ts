import { pg } from '../../src/db/sql.ts';
import type { Caller } from '../../src/exchange/context.ts';
import { type RecordShape, storedShapes } from '../../src/exchange/datum.ts';
import type { ViewPlan } from '../../src/policy/view-plan.ts';
import { type FirstWorld, SCOPE_COLUMNS } from './worlds.ts';

/**
 * Makes a copy of the first world into one that a view must not be able to tell from it. Changed are:
 * - every column that the view's role has no grant on, in all rows (half of them emptied where they may be);
 * - every column, granted or not, of children out of the view's reach, of other schools' reports and of other countries' tables; and there are more such children;
 * - what is withheld from the view for a child's own facts: values, and for whole lists the rows themselves.
 *
 * Left alike, because they decide *who* is in reach or *what* is settled, which is the premise of the comparison and not its object: keys and numbers of rows,
 * `is_current`, references between rows, the columns of the view's own scopes, the facts of consent and safeguarding that its conditions look at
 * (with the birth date on the same side of 18), and the hub's own tables of agencies, clients and epochs.
 */
export interface Changes {
  columns: Set<string>;
  cells: number;
  /** Could not be given another value: all rows have the same and a constraint allows no other, or it is a key. */
  left: Set<string>;
}

interface Column {
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  key: boolean;
  granted: boolean;
  checked: boolean;
}

const SCHEMAS = ['hub', 'registry', 'school', 'assistance', 'foreign_school', 'outreach', 'consent', 'tracing', 'ledger'];
/** The hub's own: who may come in, and by which rules. No agency's data. */
const MACHINERY =
  /^hub\.(epoch|agency|client|policy_version|issuer_artifact|seen_proof|idempotency|view_grants|vault_mark|obhvat_migrations|\w*migrations)\./;
const STRUCTURE =
  /\.(child_id|record_id|is_current|ordinal|vacant|case_id|guardian_id|event_id|delivery_id|a|b|card_record|previous_record|assignee|month|writer|seq|subject_group)$/;
/** What the views `consent.child_guardian` and `tracing.protection_flag` are made of. */
const BEHIND: Readonly<Record<string, readonly string[]>> = {
  'consent.child_guardian': [
    'consent.guardian.name',
    'consent.authority_event.ground',
    'consent.authority_event.effect',
    'consent.authority_event.valid_from',
    'consent.authority_event.valid_to',
  ],
  'tracing.protection_flag': ['tracing.tracing_case.kind', 'tracing.tracing_case.state'],
  // That two persons are needed, and which questions have a known answer, is told of all that hangs on two children at once.
  'hub.pair_gravity': [
    'tracing.tracing_case.state',
    'assistance.entitlement.granted_from',
    'assistance.entitlement.granted_to',
    'consent.safeguarding_event.effect',
    'hub.child_identifier.is_valid',
    'hub.child_identifier.scheme',
    'hub.child_identifier.mac',
  ],
  'hub.gold_pair': [
    'consent.authority_event.effect',
    'hub.child_identifier.is_valid',
    'hub.child_identifier.scheme',
    'hub.child_identifier.mac',
  ],
  // What is compared leaves as levels and bits.
  'hub.review_pair': ['hub.link_profile.body', 'hub.link_model.body', 'hub.link_model.is_current'],
};
const SETTLING = {
  NOT_SAFEGUARDED: ['consent.safeguarding_event.effect'],
  AUTHORIZATION: ['effect', 'purposes', 'categories', 'recipients', 'valid_from', 'valid_to'].flatMap((column) => [
    `consent.authorization_event.${column}`,
    `consent.authority_event.${column}`,
  ]),
} as const;

async function columnsOf(client: pg.Client, role: string): Promise<Column[]> {
  const { rows } = await client.query(
    `select n.nspname || '.' || c.relname as "table", a.attname as "column", format_type(a.atttypid, null) as type, not a.attnotnull as nullable,
       has_column_privilege($2, c.oid, a.attnum, 'select') as granted,
       exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'f') and a.attnum = any(k.conkey)) or a.attidentity <> '' as key,
       exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any(k.conkey)) as checked
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition order by 1, a.attnum`,
    [SCHEMAS, role],
  );
  return rows as Column[];
}

/** Another value of the same type, one that differs from row to row. Half of the rows lose their value where they may. */
function another({ column, type, nullable, table }: Column): string | null {
  const c = pg.escapeIdentifier(column);
  const half = (value: string) =>
    nullable && column !== 'birth_date'
      ? `case when hashtext(t.ctid::text) % 2 = 0 and t.${c} is not null then null else ${value} end`
      : value;
  // Adults' own facts differ from minors': the birth date stays on its side of 18.
  if (`${table}.${column}` === 'hub.child.birth_date')
    return `coalesce(t.${c}, date '2014-01-01') + (abs(hashtext(t.ctid::text)) % 200 - 100)`;
  switch (type) {
    case 'text':
      return half(`'ъ' || substr(md5(t.ctid::text || '${column}'), 1, 9)`);
    case 'date':
      return half(`coalesce(t.${c}, date '2020-02-02') - (1 + abs(hashtext(t.ctid::text)) % 300)`);
    case 'timestamp with time zone':
      return `coalesce(t.${c}, now()) - interval '3 days'`;
    case 'integer':
    case 'bigint':
    case 'smallint':
      return half(`coalesce(t.${c}, 0) + 1 + abs(hashtext(t.ctid::text)) % 9`);
    case 'double precision':
    case 'numeric':
      return half(`coalesce(t.${c}, 0) + 7.5`);
    case 'boolean':
      return `not coalesce(t.${c}, false)`;
    case 'bytea':
      return `sha256(('${column}' || t.ctid::text)::bytea)`;
    case 'text[]':
      return `array['ъ' || t.ctid::text]`;
    case 'bytea[]':
      return `array[sha256(t.ctid::text::bytea)]`;
    case 'jsonb':
      return `'[{"released": ["X.y"], "generalised": [], "withheld": []}]'::jsonb`;
    case 'uuid':
      return 'gen_random_uuid()';
    default:
      return null;
  }
}

/** A value that another row has: for columns with a list of allowed words. */
const swapped = ({ table, column }: Column) =>
  `coalesce((select d.v from (select distinct ${pg.escapeIdentifier(column)} as v from ${table}) d where d.v is distinct from t.${pg.escapeIdentifier(column)} order by md5(d.v::text || t.ctid::text) limit 1), t.${pg.escapeIdentifier(column)})`;

class SecondWorld {
  readonly changes: Changes = { columns: new Set(), cells: 0, left: new Set() };
  constructor(readonly client: pg.Client) {}

  async change(column: Column, where = 'true', values: unknown[] = []): Promise<void> {
    const name = `${column.table}.${column.column}`;
    const value = column.checked ? swapped(column) : another(column);
    if (value === null) {
      this.changes.left.add(name);
      return;
    }
    const set = `update ${column.table} t set ${pg.escapeIdentifier(column.column)} = ${value} where ${where} and (${value}) is distinct from t.${pg.escapeIdentifier(column.column)}`;
    await this.client.query('savepoint one');
    try {
      const { rowCount } = await this.client.query(set, values);
      this.changes.cells += rowCount ?? 0;
      if (rowCount) this.changes.columns.add(name);
    } catch (error) {
      await this.client.query('rollback to savepoint one');
      this.changes.left.add(`${name} (${(error as { code: string }).code})`);
    }
  }
}

/** Who is in reach, said once more and otherwise than in the hub: $1 the caller as JSON. */
const REACH: Readonly<Record<string, string>> = {
  'own-pupils':
    "select e.child_id from school.enrolment e where e.is_current and e.school_id in (select jsonb_array_elements_text($1::jsonb->'agency'->'schoolIds'))",
  territory: "select c.child_id from hub.child c where $1::jsonb->'agency'->'municipalities' ? c.municipality",
  country: "select c.child_id from hub.child c where c.country = $1::jsonb->'agency'->>'country'",
  'assigned-case':
    "select t.child_id from tracing.tracing_case t where t.reference = $1::jsonb->>'caseReference' and t.assignee = $1::jsonb->'agency'->>'id' and t.state in ('LISTED', 'ASSIGNED', 'VISITED') and (t.kind = 'PROTECTION') = ($1::jsonb->>'kind' = 'protection')",
  beneficiaries: "select e.child_id from assistance.entitlement e where e.is_current and e.country = $1::jsonb->'agency'->>'country'",
  'own-child':
    "select a.child_id from consent.authority_event a join consent.guardian g using (guardian_id) where g.reference = $1::jsonb->>'actor' and a.effect = 'GAINED'",
};

async function reachOf(client: pg.Client, plan: ViewPlan, callers: readonly Caller[]): Promise<string[]> {
  const reached = new Set<string>();
  for (const caller of callers) {
    for (const text of plan.scopes.flatMap((scope) => REACH[scope] ?? [])) {
      const { rows } = await client.query(`select s.child_id::text from (${text}) s join hub.child c using (child_id) where not c.vacant`, [
        JSON.stringify(caller),
      ]);
      for (const { child_id } of rows) reached.add(child_id);
    }
  }
  return [...reached];
}

const withheldFrom = (plan: ViewPlan, coordinate: string, reach: readonly string[], { facts }: FirstWorld): string[] => {
  const outcome = plan.outcomes.get(coordinate);
  if (outcome?.effect !== 'PERMIT_IF') return [];
  return reach.filter((child) =>
    outcome.conditions.some(({ kind }) =>
      kind === 'NOT_SAFEGUARDED' ? facts.safeguarded.includes(child) : !facts.granted.includes(child),
    ),
  );
};
/** The list fields of `Child`, with the record class that each shows. */
const LISTS: Readonly<Record<string, string>> = {
  guardians: 'Guardian',
  enrolments: 'Enrolment',
  absences: 'AbsenceMonth',
  entitlements: 'Entitlement',
  visits: 'Visit',
  cases: 'TracingCase',
};

/** Makes the copy at `url` the second world of a view. */
export async function makeSecondWorld(first: FirstWorld, plan: ViewPlan, url: string): Promise<Changes & { reach: string[] }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin; set local session_replication_role = replica');
    const role = `${new URL(first.database.url).pathname.slice(1)}_${first.plans.roles.get(plan.id)}`;
    const granted = first.plans.classes.find(({ views }) => views.includes(plan.id))?.tables ?? {};
    const callers = first.callers.get(plan.id) as readonly Caller[];
    const reach = await reachOf(client, plan, callers);
    const columns = await columnsOf(client, role);
    const conditions = new Set(
      [...plan.outcomes.values()].flatMap((outcome) => (outcome.effect === 'PERMIT_IF' ? outcome.conditions.map(({ kind }) => kind) : [])),
    );
    const kept = new Set([
      ...plan.scopes.flatMap((scope) => SCOPE_COLUMNS[scope] ?? []),
      ...[...conditions].flatMap((kind) => SETTLING[kind]),
    ]);
    const shown = new Set(Object.entries(BEHIND).flatMap(([view, behind]) => (granted[view] ? behind : [])));
    const free = columns.filter((column) => {
      const name = `${column.table}.${column.column}`;
      return !column.key && !MACHINERY.test(name) && !STRUCTURE.test(name) && !kept.has(name);
    });
    const world = new SecondWorld(client);
    const anywhere = free.filter((column) => !column.granted && !shown.has(`${column.table}.${column.column}`));
    const tablesOfChildren = new Set(columns.filter(({ column }) => column === 'child_id').map(({ table }) => table));
    for (const column of anywhere) await world.change(column);
    for (const column of free.filter((each) => !anywhere.includes(each))) {
      if (tablesOfChildren.has(column.table)) await world.change(column, 't.child_id <> all($1::bigint[])', [reach]);
      if (column.table === 'foreign_school.report_cell')
        await world.change(column, 't.school_id <> all($1)', [callers.flatMap(({ agency }) => agency.schoolIds)]);
      if (column.table === 'hub.published_table')
        await world.change(column, 't.country <> all($1)', [callers.map(({ agency }) => agency.country)]);
    }
    await hide(world, first, plan, reach, free);
    await addStrangers(world, plan);
    await client.query('commit');
    return { ...world.changes, reach };
  } finally {
    await client.end();
  }
}

/** What is withheld per child is another value here, and a withheld list has lost its rows. */
async function hide(
  world: SecondWorld,
  first: FirstWorld,
  plan: ViewPlan,
  reach: readonly string[],
  free: readonly Column[],
): Promise<void> {
  const shapes = new Map(storedShapes().map((shape) => [shape.type, shape]));
  for (const shape of shapes.values()) {
    for (const [field, { columns }] of shape.fields) {
      const children = withheldFrom(plan, `${shape.type}.${field}`, reach, first);
      if (children.length === 0 || isShownElsewhere(plan, shape, field)) continue;
      const [at, column, where] =
        shape.table === 'consent.child_guardian'
          ? [
              'consent.guardian',
              'name',
              't.guardian_id in (select g.guardian_id from consent.authority_event g where g.child_id = any($1::bigint[]))',
            ]
          : [shape.table, columns[0], 't.child_id = any($1::bigint[])'];
      const found = free.find((each) => each.table === at && each.column === column);
      if (found) await world.change(found, where, [children]);
    }
  }
  for (const [field, type] of Object.entries(LISTS)) {
    const children = withheldFrom(plan, `Child.${field}`, reach, first);
    const { table } = shapes.get(type) as RecordShape;
    if (
      children.length === 0 ||
      table === 'consent.child_guardian' ||
      plan.scopes.some((scope) => SCOPE_COLUMNS[scope]?.some((column) => column.startsWith(`${table}.`)))
    )
      continue;
    const { rowCount } = await world.client.query(`delete from ${table} where child_id = any($1::bigint[]) and child_id % 2 = 0`, [
      children,
    ]);
    world.changes.cells += rowCount ?? 0;
  }
}
/** True when another permitted field of the same column is not withheld. */
const isShownElsewhere = (plan: ViewPlan, shape: RecordShape, field: string): boolean => {
  const columns = shape.fields.get(field)?.columns ?? [];
  return storedShapes()
    .filter(({ table }) => table === shape.table)
    .some((other) =>
      [...other.fields].some(
        ([name, stored]) =>
          stored.columns.some((column) => columns.includes(column)) && plan.outcomes.get(`${other.type}.${name}`)?.effect === 'PERMIT',
      ),
    );
};

/** Children of another country, with records of their own, whom the first world has not. Guardians and teams reach by name, registers by country. */
async function addStrangers(world: SecondWorld, plan: ViewPlan): Promise<void> {
  if (plan.scopes.includes('none') || plan.scopes.includes('own-reports')) return;
  const { rowCount } = await world.client.query(
    `insert into hub.child (child_id, country, given_name, family_name, birth_date, birth_year, municipality, settlement, current_address)
     select 100000 + n, 'RO', 'Ștefan', 'Străin', date '2014-02-02', 2014, '95060', '95060', 'Str. Nouă ' || n from generate_series(1, 7) n`,
  );
  await world.client.query(
    `insert into hub.assertion (child_id, record_id, ordinal, source, claim, country, claim_date)
     select 100000 + n, 900000 + n, 0, 'population', 'BORN', 'RO', date '2014-02-02' from generate_series(1, 7) n`,
  );
  await world.client.query(
    `insert into assistance.entitlement (child_id, record_id, country, case_no) select 100000 + n, 910000 + n, 'RO', 'X' from generate_series(1, 7) n`,
  );
  world.changes.cells += rowCount ?? 0;
}
