import { WIDEST_BLOCK } from '../../../../src/linkage/blocks.ts';

/** Columns that the rival compares, by the names of the engine's fields. */
export const COMPARED = [
  'givenName',
  'familyName',
  'patronymic',
  'birthDate',
  'nationalId',
  'sex',
  'place',
  'address',
  'mother',
  'parentId',
  'school',
] as const;
/** Between the codes of one part in its cell. */
export const BETWEEN_CODES = '\u001f';

/** Columns with the codes of key parts, and the passes that are made of them. */
export interface RivalShape {
  readonly parts: readonly string[];
  readonly passes: readonly { readonly parts: readonly string[]; readonly symmetric: boolean }[];
}
export interface RivalStage {
  readonly stage: string;
  readonly sql: string;
}

/** All keys of one pass: each code of a part with each of the others. */
function passSql({ parts, symmetric }: RivalShape['passes'][number], number: number): string {
  const lists = parts.reduce(
    (from, part, i) =>
      `(select rec, ${parts
        .map((_, k) => (k === i ? `unnest(string_split(${part}, '${BETWEEN_CODES}')) as c${k}` : k < i ? `c${k}` : ''))
        .filter((c) => c !== '')
        .join(', ')}${parts
        .slice(i + 1)
        .map((other) => `, ${other}`)
        .join('')} from ${from}${i === 0 ? ` where ${parts.map((one) => `${one} is not null`).join(' and ')}` : ''})`,
    'person',
  );
  const codes = parts.map((_, i) => `c${i}`);
  if (symmetric) codes.splice(0, 2, 'least(c0, c1)', 'greatest(c0, c1)');
  return `select rec, hash(${[number, ...codes].join(', ')}) as h from ${lists}`;
}

/** log2 of how much more often a level stands between records of one child than of two: round figures of the order that is learnt. A rare agreement counts more. */
const name = (column: string, near: number, differs: number): string => `case
    when a.${column} is null or b.${column} is null then 0
    when a.${column} = b.${column} then least(14, coalesce(log2((select n from total) / f_${column}.n), 14))
    when jaro_winkler_similarity(a.${column}, b.${column}) >= 0.92 then ${near}
    when jaro_winkler_similarity(a.${column}, b.${column}) >= 0.84 then ${near / 2}
    else ${differs} end`;
const equal = (column: string, same: number, differs: number): string => `case
    when a.${column} is null or b.${column} is null then 0
    when a.${column} = b.${column} then ${same}
    else ${differs} end`;
const overlap = (column: string, same: number, differs: number): string => `case
    when a.${column} is null or b.${column} is null then 0
    when a.${column} = b.${column} or list_has_any(string_split(a.${column}, ' '), string_split(b.${column}, ' ')) then ${same}
    else ${differs} end`;
const NAMES = ['givenName', 'familyName', 'patronymic', 'mother'] as const;
const PRIOR = -19;

/** The stages of the rival: the same candidates from the same keys, and a sum of levels with term frequencies for each of them. */
export function rivalStages(path: string, { parts, passes }: RivalShape): readonly RivalStage[] {
  const shape = ['rec', ...COMPARED, ...parts].map((column) => `'${column}': '${column === 'rec' ? 'INTEGER' : 'VARCHAR'}'`).join(', ');
  return [
    {
      stage: 'read',
      sql: `create temp table person as select * from
        read_csv('${path}', delim='\\t', header=false, quote='', escape='', nullstr='', auto_detect=false, columns={${shape}})`,
    },
    {
      stage: 'frequencies',
      sql: `create temp table total as select count(*)::double as n from person; ${NAMES.map(
        (column) =>
          `create temp table f_${column} as select ${column} as term, count(*)::double as n from person where ${column} is not null group by 1`,
      ).join('; ')}`,
    },
    { stage: 'keys', sql: `create temp table key as select distinct rec, h from (${passes.map(passSql).join(' union all ')})` },
    {
      stage: 'blocks',
      sql: `create temp table kept as select h, rec from key where h in (select h from key group by h having count(*) between 2 and ${WIDEST_BLOCK})`,
    },
    {
      stage: 'pairs',
      sql: 'create temp table pair as select distinct x.rec as l, y.rec as r from kept x join kept y on x.h = y.h and x.rec < y.rec',
    },
    {
      stage: 'score',
      sql: `create temp table scored as select * from (select l, r, ${PRIOR}
        + ${name('givenName', 6, -6)}
        + ${name('familyName', 7, -5)}
        + ${name('patronymic', 5, -4)}
        + case when a.birthDate is null or b.birthDate is null then 0 when a.birthDate = b.birthDate then 12
            when substr(a.birthDate, 1, 4) = substr(b.birthDate, 1, 4) then 3 when substr(a.birthDate, 5) = substr(b.birthDate, 5) then 2 else -7 end
        + ${equal('nationalId', 19, -6)}
        + ${equal('sex', 1, -6)}
        + ${equal('place', 6, -2)}
        + ${overlap('address', 9, -1)}
        + ${name('mother', 4, -3)}
        + ${overlap('parentId', 12, -4)}
        + ${equal('school', 6, -1)} as weight
        from pair join person a on a.rec = l join person b on b.rec = r
        ${NAMES.map((column) => `left join f_${column} on f_${column}.term = a.${column}`).join(' ')}) where weight > -3`,
    },
  ];
}
