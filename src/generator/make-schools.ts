import type { Place } from './place.ts';
import type { Random } from './random.ts';

export interface School {
  readonly id: string;
  readonly name: string;
  readonly place: Place;
  readonly type: 'kindergarten' | 'basic' | 'secondary' | 'gymnasium' | 'high-school' | 'foreign';
}

const BG_PATRONS = [
  'Васил Левски',
  'Христо Ботев',
  'Иван Вазов',
  'Паисий Хилендарски',
  'Елин Пелин',
  'Св. св. Кирил и Методий',
  'Петко Славейков',
  'Алеко Константинов',
  'Гео Милев',
  'Неофит Рилски',
  'Отец Паисий',
];
const BG_KINDERGARTENS = [
  'Калинка',
  'Светулка',
  'Щурче',
  'Пролет',
  'Звънче',
  'Славейче',
  'Детски рай',
  'Незабравка',
  'Чучулига',
  'Мечо Пух',
  'Вълшебство',
];
const BG_FOREIGN = [
  'Френски лицей "Мирабел"',
  'Немско училище "Линден"',
  'Американска академия "Орегон"',
  'Британско училище "Ейвън"',
  'Международно училище "Балкан"',
  'Италиански лицей "Аурора"',
];
const RO_PATRONS = [
  'Mihai Eminescu',
  'Ion Creangă',
  'Vasile Alecsandri',
  'Ștefan cel Mare',
  'George Coșbuc',
  'Nicolae Iorga',
  'Alexandru Ioan Cuza',
  'Grigore Antipa',
];
type Level = 'pre' | 'primary' | 'upper';

/** The class a child is in follows from the year it turns so old: 3–6 pre-school, 7–13 grades 1–7, 14–18 grades 8–12. */
const levelOf = (ageInYear: number): Level => (ageInYear <= 6 ? 'pre' : ageInYear <= 13 ? 'primary' : 'upper');
const TEACHES = {
  kindergarten: ['pre'],
  basic: ['primary'],
  secondary: ['primary', 'upper'],
  gymnasium: ['pre', 'primary'],
  'high-school': ['upper'],
  foreign: [],
} as const satisfies Record<School['type'], readonly Level[]>;

/** Schools of a country for so many children, and which of them a child of a place goes to. */
export class Schools {
  readonly all: readonly School[];
  readonly foreign: readonly School[];
  readonly #near = new Map<string, readonly School[]>();

  constructor(places: readonly Place[], children: number, random: Random) {
    const totalWeight = places.reduce((sum, place) => sum + place.weight, 0);
    const target = Math.min(4000, Math.max(places.length, Math.round(children / 50)));
    const all: School[] = [];
    const add = (place: Place, type: School['type'], name: string) => all.push({ id: schoolId(place, all.length), name, place, type });
    for (const place of places) {
      const share = Math.max(1, Math.round((target * place.weight) / totalWeight));
      if (place.country === 'BG') addBulgarian(place, share, random, add);
      else addRomanian(place, share, random, add);
    }
    const capital = places.filter((place) => place.capital && !place.rural);
    for (const [i, name] of capital.length > 0 ? BG_FOREIGN.entries() : [])
      add(capital[(i * 2 + 3) % capital.length] as Place, 'foreign', name);
    this.all = all;
    this.foreign = all.filter((school) => school.type === 'foreign');
    for (const place of places)
      for (const level of ['pre', 'primary', 'upper'] as const)
        this.#near.set(`${place.unit}|${place.settlement}|${level}`, this.#choose(place, level));
  }

  #choose(place: Place, level: Level): readonly School[] {
    const teaching = this.all.filter((school) => (TEACHES[school.type] as readonly Level[]).includes(level));
    for (const near of [
      (other: Place) => other.settlement === place.settlement && other.unit === place.unit,
      (other: Place) => other.municipality === place.municipality,
      (other: Place) => other.district === place.district,
    ]) {
      const found = teaching.filter((school) => near(school.place));
      if (found.length > 0) return found;
    }
    return teaching;
  }

  /** The school of a family's child; `other`: a different one, as far as there is one. */
  of(place: Place, ageInYear: number, choice: number, other = false): School {
    const near = this.#near.get(`${place.unit}|${place.settlement}|${levelOf(ageInYear)}`) ?? this.all;
    if (!other) return near[choice % near.length] as School;
    if (near.length > 1) return near[(choice + 1) % near.length] as School;
    const level = levelOf(ageInYear);
    const far = this.all.filter((school) => school !== near[0] && (TEACHES[school.type] as readonly Level[]).includes(level));
    return far[choice % far.length] ?? (near[0] as School);
  }
}

const schoolId = (place: Place, nth: number): string =>
  place.country === 'BG'
    ? String(3_000_000 + (nth + 1) * 7)
    : `${String(place.county).padStart(2, '0')}61${String((nth + 1) * 11).padStart(6, '0')}`;

function addBulgarian(place: Place, share: number, random: Random, add: (place: Place, type: School['type'], name: string) => void): void {
  const patron = () => random.pick(BG_PATRONS);
  for (let i = 0; i < share; i += 1) {
    if (place.rural && share < 3) add(place, 'basic', `ОУ "${patron()}"`);
    else if (i % 4 === 0) add(place, 'secondary', `${random.between(1, 180)} СУ "${patron()}"`);
    else if (i % 4 === 1) add(place, 'kindergarten', `ДГ № ${random.between(1, 190)} "${random.pick(BG_KINDERGARTENS)}"`);
    else if (i % 4 === 2) add(place, 'basic', `${random.between(1, 180)} ОУ "${patron()}"`);
    else add(place, 'high-school', `Профилирана гимназия "${patron()}"`);
  }
}

function addRomanian(place: Place, share: number, random: Random, add: (place: Place, type: School['type'], name: string) => void): void {
  for (let i = 0; i < share; i += 1) {
    if (place.rural) add(place, 'gymnasium', `Școala Gimnazială ${place.name}${i > 0 ? ` nr. ${i + 1}` : ''}`);
    else if (i % 3 === 1) add(place, 'high-school', `Liceul Teoretic „${random.pick(RO_PATRONS)}”`);
    else add(place, 'gymnasium', `Școala Gimnazială „${random.pick(RO_PATRONS)}” nr. ${i + 1}`);
  }
}
