import type { Caller } from '../../src/exchange/context.ts';

/** The one school whose officer asks; its pupils are a small part of all children. */
export const SCHOOL = '2200001';
export const PUPILS = 6000;
export const CHILDREN = 60_000;
export const YEARS = [2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019] as const;
export const PURPOSE = 'enrol.administer';

export const AGENCY = {
  id: 'bench-school',
  kind: 'school',
  name: 'Bench',
  country: 'BG',
  municipalities: ['SOF46'],
  schoolIds: [SCHOOL],
} as const;
export const CALLER: Caller = {
  clientId: 'bench-school',
  agency: AGENCY,
  kind: 'school',
  actor: null,
  purpose: PURPOSE,
  caseReference: null,
  tokenId: 'bench',
  expiresAt: Number.MAX_SAFE_INTEGER,
};

const FIELDS = `givenName patronymic familyName birthDate birthYear sex settlement currentAddress
  enrolments { schoolYear schoolId status enrolledOn } absences { year month hours overThreshold } parentsAbroad { carerNamed }`;
/** A page of 100 children born in a year, eight scalars, three nested lists; `currentAddress` is a residual: settled for each child. */
export const hubQuery = (year: number) => ({
  query: `query Page($year: Int!) { children(first: 100, where: { bornFrom: $year, bornTo: $year }) { edges { node { ${FIELDS} } } } }`,
  variables: { year },
});

/** The same page of PostGraphile, whose fields are the columns. */
export const postgraphileQuery = (year: number) => ({
  query: `query Page($year: Int!) { allChildrenList(first: 100, condition: { birthYear: $year }) { givenName patronymic familyName birthDate birthYear sex settlement currentAddress
    enrolmentsByChildIdList { schoolYear schoolId status enrolledOn } absenceMonthsByChildIdList { year month hoursEffective overThreshold } parentAbroadNoticesByChildIdList { carerNamed } } }`,
  variables: { year },
});

type Row = Record<string, unknown>;
/** Brings either answer to one shape, so that all four can be compared. */
export function sameShape(answer: { data: Row }): unknown[] {
  const root = Object.values(answer.data)[0] as Row | Row[];
  const nodes = Array.isArray(root) ? root : (root.edges as { node: Row }[]).map(({ node }) => node);
  const order = (rows: Row[]) => rows.map((row) => JSON.stringify(row)).sort();
  return nodes
    .map((node) => {
      const lists = {
        enrolments: (node.enrolments ?? node.enrolmentsByChildIdList) as Row[],
        absences: ((node.absences ?? node.absenceMonthsByChildIdList) as Row[]).map(
          ({ year, month, hours, hoursEffective, overThreshold }) => ({ year, month, hours: hours ?? hoursEffective, overThreshold }),
        ),
        notices: (node.parentsAbroad ?? node.parentAbroadNoticesByChildIdList) as Row[],
      };
      const { givenName, patronymic, familyName, birthDate, birthYear, sex, settlement, currentAddress } = node;
      return JSON.stringify({
        givenName,
        patronymic,
        familyName,
        birthDate,
        birthYear,
        sex,
        settlement,
        currentAddress,
        enrolments: order(lists.enrolments),
        absences: order(lists.absences),
        notices: order(lists.notices),
      });
    })
    .sort();
}
