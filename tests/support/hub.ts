import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerDemonstration } from '../../src/cli/client.ts';
import { runToken } from '../../src/cli/token.ts';
import { readConfig } from '../../src/config.ts';
import type { Installation } from '../../src/db/installation.ts';
import { pg } from '../../src/db/sql.ts';
import { Vault } from '../../src/db/vault.ts';
import { recordAgency, recordClient } from '../../src/domains/oversight/agencies.ts';
import { publishStatistics } from '../../src/domains/oversight/publish-statistics.ts';
import { OpaqueIds } from '../../src/exchange/opaque-id.ts';
import { type RunningHub, startHub } from '../../src/hub.ts';
import { ensureClientKey } from '../../src/issuer/client-keys.ts';
import type { IsoDate } from '../../src/kernel/brands.ts';
import { PEOPLE, SCHOOLS, seedChildren, type TestChild } from './children.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** An answer as it came over the wire. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what the tests look at
  data: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  errors: { message: string; path?: (string | number)[]; extensions: any }[] | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  extensions: any;
}
export interface Asking {
  case?: string;
  actor?: string;
  /** `extensions.reason` of the request. */
  reason?: string;
}

/** A hub that listens on a free port over a database of its own, with its embedded issuer and the demonstration's clients. */
export interface TestHub {
  readonly url: string;
  readonly hub: RunningHub;
  readonly database: TestDatabase;
  readonly installation: Installation;
  /** The administrator, for what no agency may do or see. */
  readonly admin: pg.Client;
  /** Rows of a statement of the administrator. */
  rows<R extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<R[]>;
  token(clientId: string, purpose: string, options?: Pick<Asking, 'case' | 'actor'>): Promise<string>;
  ask(clientId: string, purpose: string, query: string, variables?: object, options?: Asking): Promise<Answer>;
  /** Number of a child of the tests, by the name they call it. */
  childNumber(name: string): Promise<string>;
  /** The id by which an agency knows a child. */
  idFor(agency: string, name: string): Promise<string>;
  /** Reference of a parent, as a family portal's token names it. */
  guardianOf(name: string, parent: 'mother' | 'father'): Promise<string>;
  safeguard(name: string, effect?: 'RAISED' | 'LIFTED'): Promise<void>;
  stop(): Promise<void>;
}

/** The same key in every test, so that ids and cursors are too. */
export const TEST_VAULT = new Vault(Buffer.alloc(32, 11));
const PASSED_ON = { accept: 'application/graphql-response+json, application/json;q=0.9' };

async function addCoordinatorForEmergencies(installation: Installation): Promise<void> {
  const agency = {
    id: 'bg-coordinator-duty',
    kind: 'coordinator',
    name: 'Дежурен координатор',
    country: 'BG',
    municipalities: ['SOF46'],
    schoolIds: [],
  } as const;
  const key = ensureClientKey(installation.home, agency.id);
  await installation.db.transaction('operator', async (sql) => {
    await recordAgency(sql, agency);
    await recordClient(sql, {
      clientId: agency.id,
      agencyId: agency.id,
      purposes: ['vital.break-glass', 'trace.list'],
      dpopRequired: false,
      keys: [key],
    });
  });
}

/** An installation on a test database: fixed vault key, temporary home, agencies of both countries. Nothing listens yet. */
export async function createInstallation(database: TestDatabase): Promise<Installation> {
  const home = mkdtempSync(join(tmpdir(), 'obhvat-home-'));
  const installation: Installation = {
    home,
    db: database.db,
    adminUrl: database.url,
    vault: TEST_VAULT,
    ownsServer: false,
    quiet: true,
    close: async () => rmSync(home, { recursive: true, force: true }),
  };
  await registerDemonstration(installation, {
    schoolIds: { BG: [SCHOOLS.boyana, SCHOOLS.lyulin, SCHOOLS.plovdiv], RO: [SCHOOLS.iasi] },
    foreignSchoolIds: { BG: [SCHOOLS.foreign], RO: [] },
  });
  await addCoordinatorForEmergencies(installation);
  return installation;
}

/** Starts a hub and hands the children in. */
export async function startTestHub(
  options: { children?: readonly TestChild[]; onStatements?: (count: number) => void } = {},
): Promise<TestHub> {
  const { children = PEOPLE, onStatements } = options;
  const database = await createTestDatabase();
  const installation = await createInstallation(database);
  const { vault, home } = installation;
  await seedChildren(installation, children);
  await publishStatistics(installation.db, 'BG', '2026-11-16' as IsoDate);
  const config = readConfig({ PORT: '0', OBHVAT_HOME: home, OBHVAT_LOG_LEVEL: 'silent', DATABASE_URL: database.url });
  const hub = await startHub(config, { installation, onStatements });
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();

  const tokens = new Map<string, Promise<string>>();
  const token: TestHub['token'] = (clientId, purpose, { case: reference, actor } = {}) => {
    const key = [clientId, purpose, reference, actor].join('|');
    let known = tokens.get(key);
    if (!known) {
      known = runToken({ home }, { client: clientId, purpose, case: reference, actor, url: hub.url }).then((answer) => answer.token);
      tokens.set(key, known);
    }
    return known;
  };
  const rows: TestHub['rows'] = async (text, values = []) => (await admin.query(text, values as unknown[])).rows;
  const childNumber = async (name: string) => {
    const child = children.find((each) => each.name === name);
    const [found, ...others] = await rows<{ child_id: string }>(
      'select child_id from hub.child where not vacant and given_name = $1 and birth_date = $2',
      [child?.given, child?.born],
    );
    if (!found || others.length > 0) throw new Error(`${name} is ${others.length + (found ? 1 : 0)} children`);
    return found.child_id;
  };
  return {
    url: hub.url,
    hub,
    database,
    installation,
    admin,
    rows,
    token,
    childNumber,
    idFor: async (agency, name) => new OpaqueIds(vault, agency).encode('Child', await childNumber(name)),
    guardianOf: async (name, parent) => {
      const [found] = await rows<{ reference: string }>(
        'select g.reference from hub.guardian_claim c join consent.guardian g using (mac) where c.child_id = $1 and c.relation = $2 limit 1',
        [await childNumber(name), parent],
      );
      if (!found) throw new Error(`${name} has no ${parent} with an id`);
      return found.reference;
    },
    safeguard: async (name, effect = 'RAISED') => {
      await rows("insert into consent.safeguarding_event (child_id, effect, raised_by) values ($1, $2, 'bg-protection')", [
        await childNumber(name),
        effect,
      ]);
    },
    ask: async (clientId, purpose, query, variables = {}, { reason, ...named } = {}) => {
      const answer = await fetch(`${hub.url}/graphql`, {
        method: 'POST',
        headers: { ...PASSED_ON, 'content-type': 'application/json', authorization: `Bearer ${await token(clientId, purpose, named)}` },
        body: JSON.stringify({ query, variables, ...(reason !== undefined && { extensions: { reason } }) }),
      });
      const text = await answer.text();
      const { data, errors, extensions } = JSON.parse(text);
      return { status: answer.status, headers: answer.headers, text, data, errors, extensions };
    },
    stop: async () => {
      await admin.end();
      await hub.stop();
      await database.drop();
      await installation.close();
    },
  };
}
