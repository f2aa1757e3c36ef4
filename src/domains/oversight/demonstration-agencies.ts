import type { Sql } from '../../db/sql.ts';
import type { AgencyKind, Country } from '../../kernel/brands.ts';
import { type Agency, findClient, type RegisteredKey, recordAgency, recordClient, recordClientKeys } from './agencies.ts';

/** What each kind of agency may be mandated for, under the starter policy. */
export const PURPOSES_OF_KIND: Readonly<Record<AgencyKind, readonly string[]>> = {
  school: ['enrol.administer', 'attend.follow-up', 'trace.enrol'],
  coordinator: ['trace.list', 'link.review'],
  outreach: ['trace.visit', 'trace.enrol'],
  assistance: ['benefit.session'],
  protection: ['protect.child', 'vital.break-glass'],
  registry: ['register.supply'],
  'foreign-school': ['foreign.report'],
  ministry: ['statistics.publish'],
  oversight: ['oversight.audit'],
  guardian: ['family.access'],
};

export interface DemonstrationClient {
  clientId: string;
  agency: Agency;
  purposes: readonly string[];
  dpopRequired: boolean;
}
/** What of the demonstration's data the agencies hang on. */
export interface DemonstrationSetting {
  /** Schools that stand for themselves, in order: `<country>-school-1`, `-2`, … */
  schoolIds: Readonly<Record<Country, readonly string[]>>;
  /** The foreign schools whose reports the foreign-school agency hands in. */
  foreignSchoolIds?: Readonly<Record<Country, readonly string[]>>;
  /** Territory of the coordinator, the outreach team, assistance and protection. Default: Столична община; the city of Iași. */
  municipalities?: Readonly<Record<Country, readonly string[]>>;
}

const WHOLE_COUNTRY = ['*'];
const TERRITORY: Readonly<Record<Country, readonly string[]>> = { BG: ['SOF46'], RO: ['95060'] };
type Reach = 'territory' | 'country';
const NAMES: readonly [suffix: string, kind: Exclude<AgencyKind, 'school'>, reach: Reach, bg: string, ro: string][] = [
  [
    'coordinator',
    'coordinator',
    'territory',
    'Координатор на Механизма за обхват, Столична община',
    'Coordonatorul local al mecanismului de cuprindere, Iași',
  ],
  ['outreach', 'outreach', 'territory', 'Екип за обхват, Столична община', 'Echipa de teren, Iași'],
  [
    'assistance',
    'assistance',
    'territory',
    'Дирекция „Социално подпомагане“, София',
    'Agenția județeană pentru plăți și inspecție socială, Iași',
  ],
  [
    'protection',
    'protection',
    'territory',
    'Отдел „Закрила на детето“, София',
    'Direcția generală de asistență socială și protecția copilului, Iași',
  ],
  ['registry', 'registry', 'country', 'ГРАО', 'Direcția generală pentru evidența persoanelor'],
  ['foreign-school', 'foreign-school', 'country', 'Отчети от чуждестранни училища', 'Rapoarte ale școlilor din străinătate'],
  ['ministry', 'ministry', 'country', 'Министерство на образованието и науката', 'Ministerul Educației și Cercetării'],
  ['oversight', 'oversight', 'country', 'Длъжностно лице по защита на данните', 'Responsabilul cu protecția datelor'],
  ['guardian-portal', 'guardian', 'country', 'Портал за родители', 'Portalul părinților'],
];

/** Agencies of every kind in both countries, each with one client named like its agency: `bg-school-1`, `ro-guardian-portal`. */
export function demonstrationAgencies(setting: DemonstrationSetting): DemonstrationClient[] {
  const clients: DemonstrationClient[] = [];
  const add = (agency: Agency) =>
    clients.push({ clientId: agency.id, agency, purposes: PURPOSES_OF_KIND[agency.kind], dpopRequired: false });
  for (const country of ['BG', 'RO'] as const) {
    const prefix = country.toLowerCase();
    const territory = setting.municipalities?.[country] ?? TERRITORY[country];
    for (const [index, schoolId] of setting.schoolIds[country].entries()) {
      const name = country === 'BG' ? `Училище ${schoolId}` : `Școala ${schoolId}`;
      add({ id: `${prefix}-school-${index + 1}`, kind: 'school', name, country, municipalities: territory, schoolIds: [schoolId] });
    }
    for (const [suffix, kind, reach, bg, ro] of NAMES) {
      add({
        id: `${prefix}-${suffix}`,
        kind,
        name: country === 'BG' ? bg : ro,
        country,
        municipalities: reach === 'country' ? WHOLE_COUNTRY : territory,
        schoolIds: kind === 'foreign-school' ? [...(setting.foreignSchoolIds?.[country] ?? [])] : [],
      });
    }
  }
  return clients;
}

/**
 * Registers the demonstration's agencies and clients. Running it again changes nothing but names, territory, purposes, and a key that this machine no longer has;
 * a client that was revoked stays so.
 */
export async function recordDemonstrationAgencies(
  sql: Sql,
  clients: readonly DemonstrationClient[],
  keyOf: (clientId: string) => RegisteredKey,
): Promise<void> {
  for (const { agency, clientId, purposes, dpopRequired } of clients) {
    await recordAgency(sql, agency);
    const known = await findClient(sql, clientId);
    if (known?.revoked) continue;
    const key = keyOf(clientId);
    await recordClient(sql, { clientId, agencyId: agency.id, purposes, dpopRequired, keys: [key] });
    if (known && !known.jwks.keys.some((each) => each.kid === key.kid)) await recordClientKeys(sql, clientId, [key]);
  }
}
