import { compareDate, dateLevel, dayOf } from './compare-date.ts';
import { compareEqual } from './compare-text.ts';
import { compareFamily, compareGiven, type NameValue } from './compare-name.ts';
import { compareHome, hashedHome } from './compare-home.ts';
import { compareId, type IdValue } from './compare-id.ts';
import { compareParents } from './compare-parents.ts';
import { comparePlace, type PlaceValue, placeRarity } from './compare-place.ts';
import type { LinkBirth, LinkId, LinkRecord } from './engine.ts';
import { rootsOf } from './everyday-names.ts';
import type { Gazetteer } from './gazetteer.ts';
import type { KeyPart, LinkSchema } from './link-schema.ts';
import { isSurnameLike, wordOf } from './names.ts';
import { placeText } from './places.ts';
import { latin } from './transliterate.ts';

const MOST_KEPT = 400_000;
/** Remembers what was folded: names and places come again and again. */
function remembered(fold: (text: string) => string): (text: string) => string {
  const kept = new Map<string, string>();
  return (text) => {
    let folded = kept.get(text);
    if (folded === undefined) {
      folded = fold(text);
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(text, folded);
    }
    return folded;
  };
}
const folded = remembered(latin);
const foldedPlace = remembered(placeText);
const homes = (address: string): string => hashedHome(address) ?? '';

/** 80 bits of a keyed hash are enough to tell people apart. */
const HASH = 20;

const digits = (n: number, length: number): string => String(n).padStart(length, '0');
const dateText = ({ year, month, day }: LinkBirth): string =>
  digits(year, 4) + digits(month ?? 0, 2) + digits(month === null ? 0 : (day ?? 0), 2);

/** Canonical texts of names of one country; names come again and again, and are folded once. */
const canonical = (country: LinkRecord['country']) => ({
  name: remembered((text) => {
    const words = folded(text);
    return words === '' ? '' : `${country}|${words}`;
  }),
  first: remembered((text) => {
    const word = folded(text).split(' ')[0] ?? '';
    return word === '' ? '' : `${country}|${word}`;
  }),
});
const CANONICAL = { BG: canonical('BG'), RO: canonical('RO') };
const nameText = (record: LinkRecord, text: string | null): string | null =>
  text === null ? null : CANONICAL[record.country].name(text) || null;

/** A patronymic that was written behind the given name, in Bulgaria: both parts as written; null for most. */
function splitName({ country, givenName, patronymic }: LinkRecord): { given: string; patronymic: string } | null {
  if (country !== 'BG' || patronymic !== null || givenName === null || !/[ -]/.test(givenName)) return null;
  const given = folded(givenName);
  const blank = given.lastIndexOf(' ');
  if (blank < 0 || !isSurnameLike(wordOf(given.slice(blank + 1), 'BG'))) return null;
  return { given: given.slice(0, blank), patronymic: given.slice(blank + 1) };
}

/** The id that identifies, if any: a valid one before an invalid one; none that has lost digits, for many children share what is left. Internal numbers mean something to their issuer alone. */
const idOf = ({ ids }: LinkRecord): LinkId | null =>
  ids.find(({ valid }) => valid) ?? ids.find(({ scheme, corrections }) => scheme !== 'IDN' && corrections.length > 0) ?? null;

function idText(record: LinkRecord): string | null {
  const id = idOf(record);
  if (!id) return null;
  const { birth } = record;
  const doubtful = id.valid && id.birth && birth?.month && birth.day && isOtherDate(dateText(birth), dateText(id.birth));
  return `${id.scheme}|${id.mac.slice(0, HASH)}|${id.valid ? (doubtful ? 'd' : 'v') : 'i'}|${id.corrections.map((mac) => mac.slice(0, HASH)).join(',')}`;
}
const isOtherDate = (a: string, b: string): boolean => a !== b && compareDate.compare(a, b) >= dateLevel('two-slips');

/** As stated, else as the id states it. */
function birthText(record: LinkRecord): string | null {
  if (record.birth) return dateText(record.birth);
  const stated = (record.ids.find(({ valid, birth }) => valid && birth) ?? record.ids.find(({ birth }) => birth))?.birth;
  return stated ? `${dateText(stated)}i` : null;
}

function parentsText({ motherMac, fatherMac, guardianMac }: LinkRecord): string | null {
  const parts = [
    motherMac && `m:${motherMac.slice(0, HASH)}`,
    fatherMac && `f:${fatherMac.slice(0, HASH)}`,
    guardianMac && `g:${guardianMac.slice(0, HASH)}`,
  ].filter((part) => part);
  return parts.length === 0 ? null : parts.join(' ');
}

const given: KeyPart = {
  field: 'givenName',
  codes: ({ words, language }: NameValue) => words.flatMap(({ code }) => (language === 'EN' ? [code] : [code, ...rootsOf(code, language)])),
};
const givenWord: KeyPart = { field: 'givenName', codes: ({ words }: NameValue) => words.map(({ neutral }) => neutral) };
const family: KeyPart = { field: 'familyName', codes: ({ words }: NameValue) => words.map(({ neutral }) => neutral) };
const patronymic: KeyPart = { field: 'patronymic', codes: ({ words }: NameValue) => words.map(({ neutral }) => neutral) };
const date: KeyPart = { field: 'birthDate', codes: (text: string) => (dayOf(text).endsWith('00') ? [] : [dayOf(text)]) };
const year: KeyPart = { field: 'birthDate', codes: (text: string) => [text.slice(0, 4)] };
const month: KeyPart = { field: 'birthDate', codes: (text: string) => (text.slice(4, 6) === '00' ? [] : [text.slice(0, 6)]) };
const dayOfYear: KeyPart = {
  field: 'birthDate',
  codes: (text: string) => (/(?:00|0101)i?$/.test(text) ? [] : [text.slice(4, 8)]),
};
const id: KeyPart = {
  field: 'nationalId',
  codes: ({ scheme, mac, corrections }: IdValue) => [`${scheme}:${mac}`, ...corrections.map((other) => `${scheme}:${other}`)],
};
const place: KeyPart = {
  field: 'place',
  codes: ({ municipalities, text }: PlaceValue) => (municipalities.length > 0 ? municipalities.slice(0, 3) : text === '' ? [] : [text]),
};
const mother: KeyPart = { field: 'mother', codes: ({ words }: NameValue) => words.slice(0, 1).map(({ code }) => code) };
const parents: KeyPart = { field: 'parentId', codes: (known: readonly string[]) => known.map((one) => one.slice(2)) };
const home: KeyPart = { field: 'address', codes: (known: readonly { full: string }[]) => known.map(({ full }) => full) };
const school: KeyPart = { field: 'school', codes: (text: string) => [text] };

const [SAME_HOME, STREET, NUMBER] = [1, 2, 4];
const BY_ID = dateLevel('by-id');
const [ID_SAME, ID_SAME_DOUBTFUL, ID_DIFFER] = [1, 2, 5];
const [SETTLEMENT, PLACE_DIFFERS] = [1, 4];

/** What is compared of two records of children. The gazetteer belongs to the model: it may be exchanged while a model is learnt. */
export function childSchema(gazetteer: () => Gazetteer): LinkSchema<LinkRecord> {
  const fields: LinkSchema<LinkRecord>['fields'] = [
    { name: 'givenName', comparator: compareGiven, read: (record) => nameText(record, splitName(record)?.given ?? record.givenName) },
    { name: 'familyName', comparator: compareFamily, read: (record) => nameText(record, record.familyName) },
    {
      name: 'patronymic',
      comparator: compareFamily,
      read: (record) => nameText(record, splitName(record)?.patronymic ?? record.patronymic),
    },
    { name: 'birthDate', comparator: compareDate, read: birthText },
    { name: 'nationalId', comparator: compareId, read: idText },
    { name: 'sex', comparator: { ...compareEqual, prior: [0.99, 0.01] }, read: ({ sex }) => sex },
    {
      name: 'place',
      comparator: comparePlace(gazetteer),
      rarityKey: placeRarity,
      read: ({ country, settlement, municipality, settlementText, source }) =>
        settlement || municipality || settlementText
          ? `${country}|${settlement ?? ''}|${municipality ?? ''}|${settlementText ? foldedPlace(settlementText) : ''}|${source === 'school' ? 's' : ''}`
          : null,
    },
    {
      name: 'address',
      comparator: compareHome,
      read: ({ addresses }) => {
        if (addresses.length === 0) return null;
        if (addresses.length === 1) return homes(addresses[0] as string) || null;
        const known = [...new Set(addresses.map(homes))].filter((one) => one !== '').sort();
        return known.length === 0 ? null : known.join(' ');
      },
    },
    {
      name: 'mother',
      comparator: { ...compareGiven, sibling: [0.92, 0.02, 0.01, 0.01, 0.02, 0.004, 0.001, 0.014, 0.001] },
      read: ({ motherName, country }) => (motherName === null ? null : CANONICAL[country].first(motherName) || null),
    },
    { name: 'parentId', comparator: compareParents, read: parentsText },
    { name: 'school', comparator: { ...compareEqual, prior: [0.8, 0.2] }, read: ({ schoolId }) => schoolId },
  ];
  const at = (field: string): number => fields.findIndex((one) => one.name === field);
  const [placeAt, homeAt, dateAt, idAt] = [at('place'), at('address'), at('birthDate'), at('nationalId')];
  return {
    name: 'child',
    fields,
    nameOf: ({ record }) => record,
    uniqueSourceOf: ({ source }) => (source === 'registry' ? 1 : 0),
    exchanged: [
      ['givenName', 'familyName'],
      ['familyName', 'patronymic'],
    ],
    child: {
      given: 'givenName',
      family: 'familyName',
      patronymic: 'patronymic',
      date: 'birthDate',
      id: 'nationalId',
      sex: 'sex',
      home: 'address',
      parents: 'parentId',
    },
    passes: [
      { name: 'id', parts: [id], trains: true },
      { name: 'given name and birth date', parts: [given, date], trains: true },
      { name: 'family name and birth date', parts: [family, date] },
      { name: 'names and year', parts: [givenWord, family, year], symmetric: true, trains: true },
      { name: 'names, day and month', parts: [givenWord, family, dayOfYear], symmetric: true },
      { name: 'names and place', parts: [given, family, place] },
      { name: 'patronymic, birth date', parts: [patronymic, date] },
      { name: 'given name, patronymic and year', parts: [given, patronymic, year] },
      { name: 'mother, birth date', parts: [mother, date] },
      { name: 'parent and given name', parts: [parents, given] },
      { name: 'parent and birth date', parts: [parents, date] },
      { name: 'home and given name', parts: [home, given] },
      { name: 'home and year', parts: [home, year] },
      { name: 'home and family name', parts: [home, family] },
      { name: 'given name, place and month', parts: [given, place, month] },
      { name: 'school and names', parts: [givenWord, family, school], symmetric: true },
    ],
    adjust(levels) {
      // A date that stands in the id alone says nothing beside an id that is the same, or is another's.
      const id = levels[idAt] as number;
      if ((levels[dateAt] as number) >= BY_ID && (id === ID_SAME || id === ID_SAME_DOUBTFUL || id === ID_DIFFER)) levels[dateAt] = 0;
      if (levels[homeAt] !== NUMBER) return;
      // A house number names a house within its village, and nothing beyond it.
      levels[homeAt] = levels[placeAt] === SETTLEMENT ? SAME_HOME : levels[placeAt] === PLACE_DIFFERS ? 0 : STREET;
    },
  };
}
