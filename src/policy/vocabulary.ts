/** What a reference to a datum does with it. Every reference is authorized, not only what is returned. `match` is equality on a value that the caller already has. */
export const VERBS = ['read', 'match', 'filter', 'sort', 'group', 'aggregate', 'write'] as const;
export type Verb = (typeof VERBS)[number];
export const isVerb = (word: string): word is Verb => (VERBS as readonly string[]).includes(word);

/** Whose datum a coordinate is. */
export const SUBJECTS = ['child', 'guardian', 'agency', 'institution', 'none'] as const;
export type Subject = (typeof SUBJECTS)[number];
export const isSubject = (word: string): word is Subject => (SUBJECTS as readonly string[]).includes(word);

/** Sensitivity: ordinary, identifying or locating, special category (GDPR Art. 9), child protection (our own class, stricter than identifying). */
export type Sensitivity = 'ordinary' | 'identifying' | 'special' | 'protection';

interface Category {
  readonly title: string;
  readonly subject: Subject;
  readonly sensitivity: Sensitivity;
}

/** What kind of datum a coordinate is: the closed list that stands beside the fields and in the rules. `plumbing` is no datum at all. */
export const CATEGORIES = Object.freeze({
  plumbing: { title: 'structure of the answer, no datum', subject: 'none', sensitivity: 'ordinary' },
  'agency.self': { title: 'the caller itself', subject: 'agency', sensitivity: 'ordinary' },
  'child.reference': { title: "the agency's own opaque reference to a child", subject: 'child', sensitivity: 'ordinary' },
  'child.list': { title: 'that children may be listed at all, page by page', subject: 'child', sensitivity: 'ordinary' },
  'identity.name': { title: 'names', subject: 'child', sensitivity: 'identifying' },
  'identity.birth-date': { title: 'exact date of birth', subject: 'child', sensitivity: 'identifying' },
  'identity.birth-year': { title: 'year of birth', subject: 'child', sensitivity: 'ordinary' },
  'identity.sex': { title: 'sex', subject: 'child', sensitivity: 'identifying' },
  'identity.citizenship': { title: 'citizenship', subject: 'child', sensitivity: 'identifying' },
  'identity.national-id': { title: 'national id (tells date of birth and sex too)', subject: 'child', sensitivity: 'identifying' },
  'identity.national-id-ending': { title: 'last four characters of the national id', subject: 'child', sensitivity: 'identifying' },
  'residence.address': { title: 'address', subject: 'child', sensitivity: 'identifying' },
  'residence.settlement': { title: 'settlement of residence', subject: 'child', sensitivity: 'identifying' },
  'residence.municipality': { title: 'municipality of residence', subject: 'child', sensitivity: 'ordinary' },
  'residence.country': { title: 'country of residence', subject: 'child', sensitivity: 'identifying' },
  'vital.deceased': { title: 'that the child has died, and when', subject: 'child', sensitivity: 'identifying' },
  'family.guardian': { title: 'parents and guardians', subject: 'guardian', sensitivity: 'identifying' },
  'family.parents-abroad': { title: 'notice that parents work abroad', subject: 'guardian', sensitivity: 'protection' },
  'family.carer-named': { title: 'whether a carer is named while parents are abroad', subject: 'child', sensitivity: 'ordinary' },
  'institution.public': { title: 'public data of a school', subject: 'institution', sensitivity: 'ordinary' },
  'education.enrolment': { title: 'enrolments', subject: 'child', sensitivity: 'ordinary' },
  'education.discharge-reason': { title: 'reason of leaving a school (may tell of health)', subject: 'child', sensitivity: 'special' },
  'attendance.unexcused-count': { title: 'hours or days of unexcused absence', subject: 'child', sensitivity: 'ordinary' },
  'attendance.over-threshold': { title: 'whether unexcused absence is over the threshold', subject: 'child', sensitivity: 'ordinary' },
  'attendance.session': { title: 'state of the absence session between school and assistance', subject: 'child', sensitivity: 'ordinary' },
  'benefit.entitlement': { title: 'entitlement to a benefit', subject: 'child', sensitivity: 'identifying' },
  'benefit.amount': { title: 'amount of a benefit', subject: 'child', sensitivity: 'identifying' },
  'outreach.visit-date': { title: 'that a team visited, and when', subject: 'child', sensitivity: 'identifying' },
  'outreach.visit': { title: 'visits: team, attempt, outcome, evidence', subject: 'child', sensitivity: 'identifying' },
  'outreach.visit-address': { title: 'address that was visited', subject: 'child', sensitivity: 'identifying' },
  'outreach.visit-note': { title: 'free notes of a visit (may tell of health or belief)', subject: 'child', sensitivity: 'special' },
  'coverage.status': { title: 'coverage status', subject: 'child', sensitivity: 'ordinary' },
  'coverage.evidence': { title: 'the assertions behind a coverage status', subject: 'child', sensitivity: 'identifying' },
  'tracing.case': { title: 'tracing cases', subject: 'child', sensitivity: 'identifying' },
  'protection.flag': { title: 'that child protection is concerned', subject: 'child', sensitivity: 'protection' },
  'protection.case': { title: 'child-protection cases (may tell of health, violence)', subject: 'child', sensitivity: 'special' },
  'consent.authorization': { title: 'what guardians have allowed or refused', subject: 'guardian', sensitivity: 'identifying' },
  'link.review': {
    title: 'uncertain links: questions, what speaks for and against, decisions',
    subject: 'child',
    sensitivity: 'identifying',
  },
  'foreign.aggregate': { title: 'aggregate reports of foreign schools', subject: 'institution', sensitivity: 'ordinary' },
  'statistics.table': { title: 'published statistical tables', subject: 'none', sensitivity: 'ordinary' },
  'oversight.disclosure': { title: 'entries of the disclosure ledger', subject: 'agency', sensitivity: 'identifying' },
  'oversight.policy': { title: "the rules of the caller's own purpose", subject: 'none', sensitivity: 'ordinary' },
  'oversight.matrix': { title: 'the rules of all purposes, and tools to question them', subject: 'none', sensitivity: 'ordinary' },
} as const satisfies Record<string, Category>);
export type DataCategory = keyof typeof CATEGORIES;
export const DATA_CATEGORIES = Object.freeze(Object.keys(CATEGORIES)) as readonly DataCategory[];
export const isDataCategory = (word: string): word is DataCategory => Object.hasOwn(CATEGORIES, word);

/** Categories of GDPR Art. 9, or which may reveal one: readable only under a purpose with an Art. 9 condition. */
export const SPECIAL_CATEGORIES: readonly DataCategory[] = Object.freeze(
  DATA_CATEGORIES.filter((name) => CATEGORIES[name].sensitivity === 'special'),
);

/** Which datum is the coarser, stored form of which exact one. */
const GENERALISES: Readonly<Partial<Record<DataCategory, DataCategory>>> = Object.freeze({
  'identity.birth-year': 'identity.birth-date',
  'identity.national-id-ending': 'identity.national-id',
  'residence.settlement': 'residence.address',
  'residence.municipality': 'residence.address',
  'family.carer-named': 'family.parents-abroad',
  'attendance.over-threshold': 'attendance.unexcused-count',
});
/** The exact category that this one is a coarser form of, or undefined. */
export const generalisedFrom = (category: DataCategory): DataCategory | undefined => GENERALISES[category];

/** What is held of no child under no purpose: a rule or a field that names one of these does not compile (GDPR Art. 9(1); in suppressed statistics only). */
export const NEVER: readonly string[] = Object.freeze([
  'identity.ethnicity',
  'identity.religion',
  'identity.native-language',
  'identity.sexual-life',
  'health.diagnosis',
  'attendance.absence-reason',
]);

/** Row scopes by name; what each means in SQL stands beside the loaders. An agency may know of a child when any scope of its view holds. */
export const SCOPES = ['own-pupils', 'territory', 'country', 'assigned-case', 'beneficiaries', 'own-child', 'own-reports', 'none'] as const;
export type Scope = (typeof SCOPES)[number];
export const isScope = (word: string): word is Scope => (SCOPES as readonly string[]).includes(word);

/** Why a value is kept back, as the caller is told. One reason for refused, absent and expired authorization and for lost authority: which of them it is stays inside. */
export const WITHHOLD_REASONS = ['GUARDIAN_AUTHORIZATION_MISSING', 'PROTECTED', 'RULE_FAILED'] as const;
export type WithholdReason = (typeof WITHHOLD_REASONS)[number];

/** When a family may see in its own report that its child's data were used under a purpose. */
export const GUARDIAN_SEES = ['now', 'delayed', 'withheld'] as const;
export type GuardianSees = (typeof GUARDIAN_SEES)[number];
