import type { Sql } from '../../db/sql.ts';
import { probabilityOf } from '../../linkage/review-value.ts';
import { agreementsOf, explainPairs } from './review-explain.ts';
import { dueAfter } from './review-gold.ts';
import type { Reviewer } from './reviewer.ts';

/** A side of a question as the local operator sees it: by the name of its record. */
export interface ListedSide {
  /** `<kind>:<file>:<line>` */
  readonly record: string;
  readonly givenName: string | null;
  readonly patronymic: string | null;
  readonly familyName: string | null;
  readonly birthDate: string | null;
  readonly sex: string | null;
  readonly settlement: string | null;
  readonly municipality: string | null;
  readonly school: string | null;
  readonly nationalIdEnding: string | null;
}
export interface ListedQuestion {
  readonly a: string;
  readonly b: string;
  readonly left: ListedSide;
  readonly right: ListedSide;
  readonly weight: number | null;
  readonly probability: number | null;
  readonly reason: string | null;
  readonly value: number | null;
  readonly twoPersons: boolean;
  /** Another person has decided; this one's word is the second. */
  readonly waits: boolean;
  readonly gold: boolean;
  readonly agreements: ReturnType<typeof agreementsOf>;
}

interface OpenPair {
  a: string;
  b: string;
  weight: number;
  reason: string;
  value: number;
  grave: boolean;
  waits: boolean;
}
const OPEN = `select p.a::text as a, p.b::text as b, p.weight, p.reason, p.value, coalesce(g.of_children or g.of_identities, false) as grave,
    exists (select from hub.pair_decision d where d.a = p.a and d.b = p.b and d.revoked_at is null and not d.is_gold and d.verdict <> 'UNSURE' and d.needs_second and d.seconded_at is null) as waits
  from hub.review_pair p left join hub.pair_gravity g on g.a = p.a and g.b = p.b
  where p.closed_at is null and not exists (
    select from hub.pair_decision d where d.a = p.a and d.b = p.b and d.revoked_at is null and not d.is_gold
      and (d.actor = $1 or d.seconded_by = $1 or (d.verdict <> 'UNSURE' and (not d.needs_second or d.seconded_at is not null))))
  order by p.value desc, p.a, p.b limit $2`;
const SIDES = `select f.record_id::text as number, r.kind || ':' || r.file_name || ':' || r.line as record, f.given_name as "givenName", f.patronymic, f.family_name as "familyName",
    nullif(concat_ws('-', to_char(f.birth_year, 'FM0000'), to_char(f.birth_month, 'FM00'), case when f.birth_month is not null then to_char(f.birth_day, 'FM00') end), '') as "birthDate",
    f.sex, coalesce(f.settlement, f.settlement_text) as settlement, f.municipality, f.school_id as school,
    (select i.ending from hub.child_identifier i where i.record_id = f.record_id order by i.scheme limit 1) as "nationalIdEnding"
  from hub.link_feature f join hub.source_record r using (record_id) where f.record_id = any($1::bigint[])`;
const GOLD = `select distinct g.a::text as a, g.b::text as b, g.a as first, g.b as second from hub.gold_pair g
  where g.verdict = $2 and not exists (select from hub.pair_decision d where d.a = g.a and d.b = g.b and d.is_gold and d.actor = $1)
    and not exists (select from hub.review_pair p where p.a = g.a and p.b = g.b and p.closed_at is null) and g.a >= $3 and g.a < $3 + 2000
  order by g.a, g.b limit 24`;

type Asked = Omit<OpenPair, 'weight' | 'reason' | 'value'> & {
  weight: number | null;
  reason: string | null;
  value: number | null;
  gold: boolean;
};

async function findGold(sql: Sql, reviewer: Reviewer, pairs: readonly OpenPair[]): Promise<Map<string, Asked>> {
  const found = new Map<string, Asked>();
  const used = new Set<string>();
  const { rows: bound } = await sql.query<{ most: string | null }>(
    'select max(record_id)::text as most from hub.membership where valid_to is null',
  );
  const span = Math.max(0, Number(bound[0]?.most ?? 0) - 2000);
  for (const { a, b, value } of pairs)
    for (const { verdict, at } of dueAfter(reviewer.id, [String(value), a, b])) {
      const { rows } = await sql.query<{ a: string; b: string }>(GOLD, [reviewer.id, verdict, Math.floor(at * span)]);
      const free = rows.filter((row) => !used.has(`${row.a},${row.b}`));
      const row = free[Math.floor(at * free.length)];
      if (!row) continue;
      used.add(`${row.a},${row.b}`);
      found.set(`${a},${b}`, { a: row.a, b: row.b, weight: null, reason: null, value: null, grave: false, waits: false, gold: true });
    }
  return found;
}

/**
 * The queue as the local operator sees it, what matters most first: open questions that this person has not answered and nobody for good.
 * @param options.gold puts gold questions among them, for this person.
 */
export async function listQuestions(sql: Sql, options: { first: number; reviewer: Reviewer; gold: boolean }): Promise<ListedQuestion[]> {
  const { rows } = await sql.query<OpenPair>(OPEN, [options.reviewer.id, options.first]);
  const gold = options.gold ? await findGold(sql, options.reviewer, rows) : new Map<string, Asked>();
  const asked: Asked[] = rows.flatMap((row) => [{ ...row, gold: false }, ...[gold.get(`${row.a},${row.b}`) ?? []].flat()]);
  const { rows: sides } = await sql.query<ListedSide & { number: string }>(SIDES, [[...new Set(asked.flatMap(({ a, b }) => [a, b]))]]);
  const byNumber = new Map(sides.map(({ number, ...side }) => [number, side]));
  const explanations = await explainPairs(
    sql,
    asked.map(({ a, b, gold: blind }) => ({ a, b, blind })),
  );
  return asked.slice(0, options.first).flatMap(({ a, b, weight, reason, value, grave, waits, gold: blind }, i) => {
    const [left, right] = [byNumber.get(a), byNumber.get(b)];
    if (!left || !right) return [];
    const explanation = explanations[i] ?? null;
    const bits = blind ? (explanation?.totalBits ?? null) : weight;
    const hide = (side: ListedSide): ListedSide => (blind ? { ...side, nationalIdEnding: null } : side);
    return [
      {
        a: left.record,
        b: right.record,
        left: hide(left),
        right: hide(right),
        weight: bits,
        probability: bits === null ? null : probabilityOf(bits),
        reason,
        value,
        twoPersons: grave,
        waits,
        gold: blind,
        agreements: explanation ? agreementsOf(explanation, blind) : [],
      },
    ];
  });
}
