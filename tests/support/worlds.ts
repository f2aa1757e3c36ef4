import { randomBytes } from 'node:crypto';
import type { Db } from '../../src/db/db.ts';
import { applyViewGrants } from '../../src/db/grants.ts';
import { Session } from '../../src/db/session.ts';
import { pg } from '../../src/db/sql.ts';
import { demonstrationAgencies } from '../../src/domains/oversight/demonstration-agencies.ts';
import { publishStatistics } from '../../src/domains/oversight/publish-statistics.ts';
import { openDemonstrationCases } from '../../src/domains/tracing/demonstration-cases.ts';
import type { Blueprint } from '../../src/exchange/blueprint.ts';
import type { Caller } from '../../src/exchange/context.ts';
import { Path } from '../../src/exchange/path.ts';
import type { Recorder } from '../../src/exchange/record.ts';
import { blueprint } from '../../src/hub.ts';
import type { IsoDate } from '../../src/kernel/brands.ts';
import { PEOPLE, SCHOOLS, seedChildren, type TestChild } from './children.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createInstallation, TEST_VAULT } from './hub.ts';

const GIVEN = ['Асен', 'Вяра', 'Димо', 'Елена', 'Жана', 'Иво', 'Калин', 'Лора', 'Мартин', 'Нели', 'Огнян', 'Петя'];
const FAMILY = ['Ангелов', 'Бакалов', 'Вълчев', 'Ганев', 'Донев', 'Енев', 'Желев'];
const OUTCOMES = ['NOT_AT_HOME', 'FOUND_SPOKE_PARENT', 'ABROAD_STATED_BY_RELATIVE', 'MOVED_IN_BG'];

/** More children, so that lists have pages: every fourth elsewhere, every third on no roll, brothers and sisters in some. */
export function crowd(size: number): TestChild[] {
  return Array.from({ length: size }, (_, n) => {
    const elsewhere = n % 4 === 3;
    const school = elsewhere ? SCHOOLS.plovdiv : n % 2 === 0 ? SCHOOLS.boyana : SCHOOLS.lyulin;
    return {
      name: `child ${n}`,
      given: GIVEN[n % GIVEN.length] as string,
      patronymic: `${GIVEN[(n + 5) % GIVEN.length]}ов`,
      family: FAMILY[n % FAMILY.length] as string,
      born: `20${String(10 + (n % 8)).padStart(2, '0')}-0${1 + (n % 9)}-1${n % 10}` as IsoDate,
      sex: n % 2 === 0 ? 'M' : 'F',
      country: 'BG',
      settlement: elsewhere ? '56784' : '68134',
      address: `ул. Бреза ${n}`,
      rolls:
        n % 3 === 0
          ? []
          : [{ school, year: n % 5 === 0 ? 2025 : 2026, ...(n % 5 === 0 && { left: '2026-03-01' as IsoDate, reason: 'друго' }) }],
      absentHours: n % 3 === 0 ? undefined : n % 12,
      benefit: n % 2 === 0 ? `${40 + n}.00` : undefined,
      visited:
        n % 3 === 0
          ? { team: 'SOF46-CENTER-1', on: '2026-10-05' as IsoDate, outcome: OUTCOMES[n % 4] as string, note: `бележка ${n}` }
          : undefined,
    } satisfies TestChild;
  });
}

/** The children of both worlds, by what only their own facts settle. */
export interface Facts {
  safeguarded: string[];
  /** Both parents have allowed everything to everybody. */
  granted: string[];
}
export interface FirstWorld {
  database: TestDatabase;
  plans: Blueprint;
  facts: Facts;
  /** Who asks under each view, and about which cases. */
  callers: ReadonlyMap<string, readonly Caller[]>;
  admin(): Promise<pg.Client>;
}

async function addFacts(client: pg.Client): Promise<Facts> {
  const ids = async (text: string) => (await client.query(text)).rows.map((row) => String(row.child_id));
  const safeguarded = await ids('select child_id from hub.child where child_id % 5 = 0 order by 1');
  const granted = await ids('select child_id from hub.child where child_id % 3 = 1 order by 1');
  await client.query(
    "insert into consent.safeguarding_event (child_id, effect, raised_by) select unnest($1::bigint[]), 'RAISED', 'bg-protection'",
    [safeguarded],
  );
  await client.query(
    `insert into consent.authorization_event (child_id, guardian_id, effect, purposes, evidence, notice_version, recorded_by)
     select g.child_id, g.guardian_id, 'GRANT', array['trace.visit','trace.enrol'], 'form', '1', 'test' from consent.child_guardian g where g.child_id = any($1::bigint[])`,
    [granted],
  );
  // One refusal among the others: withheld for another inside reason, and the same outside.
  await client.query(
    `insert into consent.authorization_event (child_id, guardian_id, effect, purposes, evidence, notice_version, recorded_by)
     select g.child_id, g.guardian_id, 'REFUSE', array['trace.visit','trace.enrol'], 'form', '1', 'test' from consent.child_guardian g where g.child_id % 3 = 2`,
  );
  await client.query(
    `insert into ledger.disclosure (disclosure_id, month, writer, seq, decided_at, client_id, agency_id, agency_kind, purpose, legal_basis, instrument, operation_hash, policy_hash, consent_epoch, subjects, subject_group, groups, row_count)
     select gen_random_uuid(), date_trunc('month', current_date), 'seed', n, now() - n * interval '1 minute', a.agency_id, a.agency_id, a.kind, 'trace.list', 'law', 'instrument', '\\x00', 'hash', 1,
       array['\\x01'::bytea], '{0}', '[{"released": ["Child.givenName"], "generalised": [], "withheld": [{"field": "Child.guardians", "rule": "r", "reason": "PROTECTED"}]}]', n
     from generate_series(1, 30) n join (select *, row_number() over (order by agency_id) as place from hub.agency) a on a.place = 1 + n % 7`,
  );
  await client.query(
    `insert into hub.published_table (country, as_of, municipality, status, children, suppressed)
     select c, date '2026-11-17', 'M' || n, 'NEVER_ENROLLED', 10 + n, false from generate_series(1, 5) n, unnest(array['BG', 'RO']) c`,
  );
  await addQuestions(client);
  return { safeguarded, granted };
}

/** Open questions about civil records that stand side by side, some of them answered: by the coordinator, by somebody else for good, and gold ones. */
async function addQuestions(client: pg.Client): Promise<void> {
  await client.query(
    `with person as (select record_id, row_number() over (order by record_id) as n from registry.person where child_id is not null)
     insert into hub.review_pair (a, b, weight, reason, value, model_id)
     select x.record_id, y.record_id, x.n % 7 - 1.5, (array['WEAK', 'POSSIBLE_TWIN', 'ID_CONFLICT'])[1 + x.n % 3], 50 - x.n, 'm'
     from person x join person y on y.n = x.n + 1 + x.n % 3 on conflict do nothing`,
  );
  await client.query(
    `insert into hub.pair_decision (a, b, verdict, actor, reason, needs_second)
     select a, b, (array['SAME', 'DIFFERENT', 'UNSURE'])[1 + a % 3], (array['bg-coordinator', 'bg-coordinator/elena'])[1 + a % 2], 'said of ' || a, a % 5 < 3
     from hub.review_pair where a % 4 = 0`,
  );
  await client.query(
    `insert into hub.pair_decision (a, b, verdict, actor, reason, is_gold, needs_second, expected)
     select distinct on (a) a, b, 'UNSURE', 'bg-coordinator', 'gold', true, true, verdict from hub.gold_pair where a % 6 = 0 order by a, b`,
  );
}

async function callersOf(
  client: pg.Client,
  plans: Blueprint,
  cases: { outreach: string[]; school: string[]; protection: string[] },
): Promise<Map<string, Caller[]>> {
  const agencies = demonstrationAgencies({
    schoolIds: { BG: [SCHOOLS.boyana, SCHOOLS.lyulin], RO: [SCHOOLS.iasi] },
    foreignSchoolIds: { BG: [SCHOOLS.foreign], RO: [] },
  });
  const guardians = (
    await client.query(
      'select distinct g.reference from consent.guardian g join consent.child_guardian c using (guardian_id) where c.child_id % 5 in (0, 1) order by 1 limit 16',
    )
  ).rows as { reference: string }[];
  const callers = new Map<string, Caller[]>();
  for (const { id, kind, purpose } of plans.policy.views) {
    const own = agencies.filter(({ agency }) => agency.kind === kind && agency.country === 'BG').slice(0, 1);
    const references: (string | null)[] =
      kind === 'protection' ? cases.protection : kind === 'outreach' ? cases.outreach : purpose === 'trace.enrol' ? cases.school : [null];
    const actors: (string | null)[] = kind === 'guardian' ? guardians.map(({ reference }) => reference) : [null];
    callers.set(
      id,
      own.flatMap(({ clientId, agency }) =>
        references.flatMap((caseReference) =>
          actors.map((actor) => ({ clientId, agency, kind, actor, purpose, caseReference, tokenId: 't', expiresAt: 0 })),
        ),
      ),
    );
  }
  return callers;
}

/** The first world: children, facts, cases, disclosures, tables; nobody is connected to it when this is done. */
export async function createFirstWorld(): Promise<FirstWorld> {
  const database = await createTestDatabase({ size: 4 });
  const plans = await blueprint();
  const installation = await createInstallation(database);
  await seedChildren(installation, [...PEOPLE, ...crowd(40)]);
  for (const country of ['BG', 'RO'] as const) await publishStatistics(database.db, country, '2026-11-16' as IsoDate);
  await applyViewGrants(
    database.url,
    plans.classes.map(({ role, tables }) => ({ suffix: role, tables })),
  );
  const admin = async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    return client;
  };
  const client = await admin();
  const facts = await addFacts(client);
  const children = (await client.query("select child_id::text from hub.child where municipality = 'SOF46' order by child_id")).rows.map(
    (row) => row.child_id as string,
  );
  const open = (kind: 'TRACING' | 'PROTECTION', assignee: string, some: string[]) =>
    database.db.transaction('transactor', (sql) =>
      openDemonstrationCases(sql, { kind, assignee, openedBy: 'bg-coordinator', children: some }),
    );
  const cases = {
    outreach: await open('TRACING', 'bg-outreach', children.slice(0, 14)),
    school: await open('TRACING', 'bg-school-1', children.slice(14, 18)),
    protection: await open('PROTECTION', 'bg-protection', children.slice(0, 8)),
  };
  const callers = await callersOf(client, plans, cases);
  await client.query('analyze');
  await client.end();
  await database.db.end();
  await installation.close();
  return { database, plans, facts, callers, admin };
}

/** Another database with the same content, grants and roles. The caller drops it with `dropCopy`. */
export async function copyWorld(first: FirstWorld): Promise<{ url: string; appUrl: string }> {
  const client = await adminOf(first);
  const name = `${new URL(first.database.url).pathname.slice(1)}_${randomBytes(3).toString('hex')}`;
  await client.query(`create database ${name} template ${new URL(first.database.url).pathname.slice(1)}`);
  await client.end();
  const at = (address: string) => Object.assign(new URL(address), { pathname: `/${name}` }).toString();
  return { url: at(first.database.url), appUrl: at(first.database.appUrl) };
}
export async function dropCopy(first: FirstWorld, copy: { url: string }): Promise<void> {
  const client = await adminOf(first);
  await client.query(`drop database ${new URL(copy.url).pathname.slice(1)} with (force)`);
  await client.end();
}
// To copy a database nobody may be connected to it, so this goes through the server's own.
async function adminOf(first: FirstWorld): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: Object.assign(new URL(first.database.url), { pathname: '/postgres' }).toString() });
  await client.connect();
  return client;
}

/** A world at work: operations go through the whole path but the token's check and the writing of the ledger, whose moments would differ. */
export interface WorkingWorld {
  /** @param number of the operation: its disclosure's id, the same in both worlds. */
  ask(
    number: number,
    caller: Caller,
    operation: { query: string; variables: object },
  ): Promise<{ status: number; body: string; statements: number }>;
  stop(): Promise<void>;
}

export function openWorld(first: FirstWorld, appUrl: string): WorkingWorld {
  const pool = new pg.Pool({ connectionString: appUrl, max: 2 });
  pool.on('error', () => undefined);
  const prefix = `${new URL(first.database.url).pathname.slice(1)}_`;
  const roleName = (role: string) => (role.startsWith(prefix) ? role : prefix + role);
  const unused = () => Promise.reject(new Error('not in this test'));
  const db: Db = {
    pool,
    prefix,
    roleName,
    transaction: unused,
    read: unused,
    session: (role, mode) => new Session(pool, roleName(role), mode),
    end: () => pool.end(),
  };
  const recorder = {
    record: async () => undefined,
    recordWithin: async () => undefined,
    close: async () => undefined,
  } as unknown as Recorder;
  let asked = 0;
  let statements = 0;
  let errors = 0;
  const path = new Path({
    ...first.plans,
    db,
    vault: TEST_VAULT,
    recorder,
    authenticate: unused,
    log: () => {
      errors += 1;
      return `unknown ${errors}`;
    },
    newId: () => `00000000-0000-4000-8000-${String(asked).padStart(12, '0')}`,
    onStatements: (count) => {
      statements = count;
    },
  });
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  return {
    ask: async (number, caller, { query, variables }) => {
      asked = number;
      statements = -1;
      const extensions = { reason: 'a child in danger, call to 112 at 21:40' };
      try {
        const answer = await path.answer(caller, { method: 'POST', headers, search: '', body: { query, variables, extensions } });
        return { status: answer.status ?? 200, body: answer.body.kind === 'complete' ? answer.body.string : '', statements };
      } catch (error) {
        return { status: 400, body: String((error as { code?: string }).code ?? error), statements };
      }
    },
    stop: async () => {
      await path.stop();
      await pool.end();
    },
  };
}

/** Names of a view's scopes to the columns that decide them: kept alike in both worlds, for who is within reach is not what is compared. */
export const SCOPE_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  'own-pupils': ['school.enrolment.school_id'],
  territory: ['hub.child.municipality', 'hub.child.country'],
  country: ['hub.child.country'],
  'assigned-case': ['tracing.tracing_case.reference', 'tracing.tracing_case.kind', 'tracing.tracing_case.state'],
  beneficiaries: ['assistance.entitlement.country'],
  'own-child': [
    'consent.guardian.reference',
    'consent.authority_event.effect',
    'consent.authority_event.valid_from',
    'consent.authority_event.valid_to',
  ],
  'own-reports': ['foreign_school.report_cell.school_id'],
  none: [],
};
