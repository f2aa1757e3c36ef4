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

const NAMES = ['givenName', 'familyName', 'patronymic', 'mother'] as const;
const SETS = ['address', 'parentId'] as const;
const PRIOR = -19;

/** Of two names: 1 where they are equal, else their similarity; each is computed once. */
const similarity = (column: string): string => `case when a.${column} is null or b.${column} is null then null
  when a.${column} = b.${column} then 1 else jaro_winkler_similarity(a.${column}, b.${column}) end as ${column}, a.n_${column} as n_${column}`;
const isSame = (column: string): string => `a.${column} = b.${column} as ${column}`;
const overlap = (column: string): string => `a.${column} = b.${column} or list_has_any(a.${column}, b.${column}) as ${column}`;

/** log2 of how much more often a level stands between records of one child than of two: round figures of the order that is learnt. A rare agreement counts more. */
const nameBits = (column: string, near: number, differs: number): string => `case when ${column} is null then 0
  when ${column} = 1 then n_${column} when ${column} >= 0.92 then ${near} when ${column} >= 0.84 then ${near / 2} else ${differs} end`;
const bits = (column: string, same: number, differs: number): string =>
  `case when ${column} is null then 0 when ${column} then ${same} else ${differs} end`;

const readSql = (path: string, parts: readonly string[]): string => {
  const shape = ['rec', ...COMPARED, ...parts].map((column) => `'${column}': '${column === 'rec' ? 'INTEGER' : 'VARCHAR'}'`).join(', ');
  return `create temp table person as
    select * replace (${SETS.map((column) => `string_split(${column}, ' ') as ${column}`).join(', ')})
    from read_csv('${path}', delim='\t', header=false, quote='', escape='', nullstr='', auto_detect=false, columns={${shape}})`;
};
/** How rare a name is stands beside it, in bits: it is looked up once per record, not once per pair. */
const frequencySql = `create temp table compared as select rec, ${COMPARED.join(', ')}, ${NAMES.map(
  (column) => `least(14, log2((select count(*) from person) / f_${column}.n)) as n_${column}`,
).join(', ')} from person ${NAMES.map(
  (column) =>
    `left join (select ${column}, count(*) as n from person where ${column} is not null group by 1) f_${column} using (${column})`,
).join(' ')}`;
const scoreSql = `create temp table scored as select l, r, weight from (select l, r, ${PRIOR}
    + ${nameBits('givenName', 6, -6)}
    + ${nameBits('familyName', 7, -5)}
    + ${nameBits('patronymic', 5, -4)}
    + ${nameBits('mother', 4, -3)}
    + birth
    + ${bits('nationalId', 19, -6)}
    + ${bits('sex', 1, -6)}
    + ${bits('place', 6, -2)}
    + ${bits('address', 9, -1)}
    + ${bits('parentId', 12, -4)}
    + ${bits('school', 6, -1)} as weight
  from (select l, r, ${NAMES.map(similarity).join(', ')}, ${['nationalId', 'sex', 'place', 'school'].map(isSame).join(', ')}, ${SETS.map(overlap).join(', ')},
      case when a.birthDate is null or b.birthDate is null then 0 when a.birthDate = b.birthDate then 12
        when substr(a.birthDate, 1, 4) = substr(b.birthDate, 1, 4) then 3 when substr(a.birthDate, 5) = substr(b.birthDate, 5) then 2 else -7 end as birth
    from pair join compared a on a.rec = l join compared b on b.rec = r)) where weight > -3`;

/** The stages of the rival: the same candidates from the same keys, and a sum of levels with term frequencies for each of them. */
export const rivalStages = (path: string, { parts, passes }: RivalShape): readonly RivalStage[] => [
  { stage: 'read', sql: readSql(path, parts) },
  { stage: 'frequencies', sql: frequencySql },
  { stage: 'keys', sql: `create temp table key as select distinct rec, h from (${passes.map(passSql).join(' union all ')})` },
  {
    stage: 'blocks',
    sql: `create temp table kept as select h, rec from key where h in (select h from key group by h having count(*) between 2 and ${WIDEST_BLOCK})`,
  },
  {
    stage: 'pairs',
    sql: 'create temp table pair as select distinct x.rec as l, y.rec as r from kept x join kept y on x.h = y.h and x.rec < y.rec',
  },
  { stage: 'score', sql: scoreSql },
];
