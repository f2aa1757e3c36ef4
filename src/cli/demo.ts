import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Installation } from '../db/installation.ts';
import { streamCoverage } from '../domains/children/coverage-loader.ts';
import { linkRecords } from '../domains/children/link-records.ts';
import { openDemonstrationCases } from '../domains/tracing/demonstration-cases.ts';
import { generate } from '../generator/generate.ts';
import { FEED_FORMATS } from '../hub.ts';
import { importFile } from '../intake/import-feed.ts';
import type { Country, FeedKind, IsoDate } from '../kernel/brands.ts';
import { registerDemonstration } from './client.ts';
import { type ExitCode, output } from './output.ts';
import { publishStatistics } from '../domains/oversight/publish-statistics.ts';

const CHILDREN = 3000;
const SEED = 2026;
const AS_OF = '2026-11-16' as IsoDate;
// Schools first: a roll row of an unknown school is kept aside.
const ORDER: readonly [RegExp, FeedKind][] = [
  [/^schools\.csv$/, 'schools'],
  [/^population\.csv$/, 'population'],
  [/^school-roll-.*\.txt$/, 'school-roll'],
  [/^siiir-roll\.csv$/, 'siiir-roll'],
  [/^absences-.*\.txt$/, 'absences'],
  [/^assistance\.txt$/, 'assistance'],
  [/^parents-abroad\.csv$/, 'parents-abroad'],
  [/^foreign-aggregate\.csv$/, 'foreign-aggregate'],
  [/^visits\.ndjson$/, 'visits'],
];
const SUPPLIER: Readonly<Record<FeedKind, string>> = {
  schools: 'registry',
  population: 'registry',
  'school-roll': 'school-1',
  'siiir-roll': 'school-1',
  absences: 'school-1',
  assistance: 'assistance',
  'parents-abroad': 'assistance',
  'foreign-aggregate': 'foreign-school',
  visits: 'coordinator',
};

async function importFolder({ db, vault }: Installation, folder: string, country: Country): Promise<void> {
  for (const [pattern, kind] of ORDER) {
    for (const file of readdirSync(folder)
      .filter((name) => pattern.test(name))
      .sort()) {
      const supplier = `${country.toLowerCase()}-${SUPPLIER[kind]}`;
      const receipt = await importFile(
        { db, vault, formats: FEED_FORMATS },
        { kind, path: join(folder, file), supplier, clientId: null, country },
      );
      output.progress(`${country} ${file}: ${receipt.accepted} accepted, ${receipt.quarantined.length} quarantined`);
    }
  }
}

/** The schools and places that the demonstration's agencies hang on: the largest schools of the municipality with most children. */
async function setting({ db }: Installation) {
  return db.read(db.roleName('operator'), async (sql) => {
    const one = async (country: Country) => {
      const places = await sql.query<{ municipality: string }>(
        'select municipality from hub.child where country = $1 and municipality is not null and not vacant group by 1 order by count(*) desc, 1 limit 1',
        [country],
      );
      const municipality = places.rows[0]?.municipality as string;
      const schools = await sql.query<{ school_id: string }>(
        `select s.school_id from school.school s join school.enrolment e on e.school_id = s.school_id and e.is_current
         where s.is_current and not s.is_foreign and s.municipality = $1 group by 1 order by count(*) desc, 1 limit 2`,
        [municipality],
      );
      const foreign = await sql.query<{ school_id: string }>(
        'select school_id from school.school where is_current and is_foreign and country = $1 order by 1',
        [country],
      );
      return { municipality, schools: schools.rows.map((row) => row.school_id), foreign: foreign.rows.map((row) => row.school_id) };
    };
    const [bg, ro] = [await one('BG'), await one('RO')];
    return {
      schoolIds: { BG: bg.schools, RO: ro.schools },
      foreignSchoolIds: { BG: bg.foreign, RO: ro.foreign },
      municipalities: { BG: [bg.municipality], RO: [ro.municipality] },
    };
  });
}

async function openCases(
  { db }: Installation,
  country: Country,
  municipality: string,
): Promise<{ tracing: string[]; protection: string[] }> {
  const prefix = country.toLowerCase();
  const children: string[] = [];
  await db.read(db.roleName('operator'), (sql) =>
    streamCoverage(sql, { asOf: AS_OF, country, municipality, status: ['NEVER_ENROLLED', 'LEFT_EARLY'] }, (childId) => {
      if (children.length < 5) children.push(childId);
    }),
  );
  return db.transaction('transactor', async (sql) => ({
    tracing: await openDemonstrationCases(sql, {
      kind: 'TRACING',
      assignee: `${prefix}-outreach`,
      openedBy: `${prefix}-coordinator`,
      children,
    }),
    protection: await openDemonstrationCases(sql, {
      kind: 'PROTECTION',
      assignee: `${prefix}-protection`,
      openedBy: `${prefix}-coordinator`,
      children: children.slice(0, 1),
    }),
  }));
}

/** `demo`: synthetic children of both countries, through the same intake as any file, and agencies of every kind with keys on this machine. */
export async function runDemo(installation: Installation, options: { json: boolean; children?: number }): Promise<ExitCode> {
  const folder = mkdtempSync(join(tmpdir(), 'obhvat-demo-'));
  try {
    await generate({ children: options.children ?? CHILDREN, seed: SEED, country: 'both', out: folder, asOf: AS_OF });
    for (const country of ['BG', 'RO'] as const) {
      const own = join(folder, country.toLowerCase());
      if (existsSync(own)) await importFolder(installation, own, country);
    }
    const report = await linkRecords(installation.db, 'demonstration');
    output.progress(`${report.records} records linked to ${report.childrenCreated} children in ${report.seconds.toFixed(1)} s`);
    const places = await setting(installation);
    const clients = await registerDemonstration(installation, places);
    const cases = {
      BG: await openCases(installation, 'BG', places.municipalities.BG[0] as string),
      RO: await openCases(installation, 'RO', places.municipalities.RO[0] as string),
    };
    for (const country of ['BG', 'RO'] as const) await publishStatistics(installation.db, country, AS_OF);
    const { rows } = await installation.db.read(installation.db.roleName('operator'), (sql) =>
      sql.query<{ reference: string }>(
        "select g.reference from consent.guardian g join consent.authority_event a using (guardian_id) where a.effect = 'GAINED' order by g.guardian_id limit 1",
      ),
    );
    const summary = { clients, cases, guardian: rows[0]?.reference ?? null };
    if (options.json) output.json(summary);
    else
      output.progress(
        `cases for trace.visit: ${[...cases.BG.tracing.slice(0, 2), ...cases.RO.tracing.slice(0, 1)].join(' ')}\nguardian for family.access: --actor ${summary.guardian}`,
      );
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
