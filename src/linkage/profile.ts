import { compareRecords, type LinkBirth, type LinkRecord } from './engine.ts';
import { type FullName, fullNameOf, type Name, type NameWord, nameOf } from './names.ts';
import { addressText, type Place } from './places.ts';

/** A record read once. */
export interface RecordFeatures {
  readonly record: LinkRecord;
  readonly name: FullName;
  /** The mother's given name: some sources write no more. */
  readonly mother: Name;
  /** In one spelling. */
  readonly addresses: readonly string[];
}

export function featuresOf(record: LinkRecord): RecordFeatures {
  return {
    record,
    name: fullNameOf(record.givenName, record.patronymic, record.familyName, record.country),
    mother: nameOf(record.motherName, record.country).slice(0, 1),
    addresses: record.addresses.map(addressText).filter((address) => address !== null),
  };
}

/** Everything that the records of one child say: every name and date ever written, so that a record may agree with any of them. */
export interface Profile {
  /** Ascending. */
  readonly records: readonly string[];
  readonly country: LinkRecord['country'];
  /** `SCHEME:hash` of numbers that prove nothing by themselves. */
  readonly otherNumbers: ReadonlySet<string>;
  readonly givens: readonly Name[];
  readonly patronymics: readonly Name[];
  readonly families: readonly Name[];
  readonly mothers: readonly Name[];
  readonly births: readonly LinkBirth[];
  readonly sexes: ReadonlySet<string>;
  readonly parents: ReadonlySet<string>;
  readonly schools: ReadonlySet<string>;
  readonly settlements: ReadonlySet<string>;
  readonly municipalities: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
}

const wordsKey = (name: Name): string => name.map((word: NameWord) => word.code).join(' ');

function distinct(names: Iterable<Name>): Name[] {
  const found = new Map<string, Name>();
  for (const name of names) if (name.length > 0) found.set(wordsKey(name), name);
  return [...found].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, name]) => name);
}

export function profileOf(
  members: readonly RecordFeatures[],
  placeOf: (record: LinkRecord) => Place,
  motherOf: (mac: string) => readonly Name[],
): Profile {
  const records = members.map(({ record }) => record);
  const otherNumbers = new Set<string>();
  const births = new Map<string, LinkBirth>();
  const [sexes, parents, schools, settlements, municipalities] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
  ];
  const mothers: Name[] = members.map(({ mother }) => mother);
  for (const record of records) {
    for (const { scheme, mac, valid } of record.ids) {
      if (!valid) otherNumbers.add(`${scheme}:${mac}`);
    }
    const { birth } = record;
    if (birth) births.set(`${birth.year}-${birth.month}-${birth.day}`, birth);
    if (record.sex) sexes.add(record.sex);
    for (const mac of [record.motherMac, record.fatherMac, record.guardianMac]) if (mac) parents.add(mac);
    if (record.motherMac) mothers.push(...motherOf(record.motherMac));
    if (record.schoolId) schools.add(record.schoolId);
    const place = placeOf(record);
    for (const code of place.settlements) settlements.add(code);
    for (const code of place.municipalities) municipalities.add(code);
  }
  return {
    records: records.map(({ record }) => record).sort(compareRecords),
    country: (records[0] as LinkRecord).country,
    otherNumbers,
    givens: distinct(members.map(({ name }) => name.given)),
    patronymics: distinct(members.map(({ name }) => name.patronymic)),
    families: distinct(members.map(({ name }) => name.family)),
    mothers: distinct(mothers),
    births: [...births].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, birth]) => birth),
    sexes,
    parents,
    schools,
    settlements,
    municipalities,
    addresses: new Set(members.flatMap(({ addresses }) => addresses)),
  };
}
