import type { Comparator } from './comparator.ts';
import type { Column, Dataset } from './dataset.ts';
import { isSameAcross, nameLevel, type NameValue } from './compare-name.ts';
import { dateLevel } from './compare-date.ts';
import type { LinkModel } from './link-model.ts';
import type { Band, ReviewReason } from './pair.ts';

/** Surname, patronymic, home, place, parents: what a family shares is not independent, and adds no more than this (bits). */
const MOST_HOUSEHOLD = 16;
/** Compared pairs of values that are remembered per field: few for few records, so that scoring one record costs nothing to begin. */
const memoSize = (records: number): number => (records < 1000 ? 256 : records < 200_000 ? 1 << 16 : 1 << 19);
/** Weights are kept to a thousandth of a bit, so that a stored one equals a computed one. */
const round = (bits: number): number => Math.round(bits * 1000) / 1000;

interface FieldTables {
  readonly column: Column;
  readonly compare: (a: never, b: never) => number;
  readonly same: (value: never) => number;
  /** log2(m/u) and log2(m/s), by level. */
  readonly againstRandom: Float64Array;
  readonly againstSibling: Float64Array;
  readonly household: boolean;
  readonly logM: Float64Array;
  readonly isRarity: Uint8Array;
  readonly rarityKey: ((value: never) => string | null) | null;
  readonly counts: Readonly<Record<string, number>> | null;
  readonly known: number;
  /** Per value: −log2 of the share of records with its key; NaN not yet worked out, −1 none. */
  rareBits: Float64Array;
  readonly classes: Comparator['classes'] | null;
  /** Per value: its class + 1; 0 not yet worked out. */
  readonly classOf: Uint8Array;
  readonly memoA: Int32Array;
  readonly memoB: Int32Array;
  readonly memoLevel: Uint8Array;
}

type ChildField = 'given' | 'family' | 'patronymic' | 'date' | 'id' | 'sex' | 'home' | 'parents';
export interface Judged {
  readonly band: Band;
  readonly reason: ReviewReason | null;
}
const AUTO: Judged = { band: 'AUTO', reason: null };
const NONE: Judged = { band: 'NONE', reason: null };
const review = (reason: ReviewReason): Judged => ({ band: 'REVIEW', reason });
const REVIEWS = {
  WEAK: review('WEAK'),
  POSSIBLE_TWIN: review('POSSIBLE_TWIN'),
  ID_CONFLICT: review('ID_CONFLICT'),
  RENUMBERED: review('RENUMBERED'),
} as const;

/** Scores pairs of records of one dataset under one model (Fellegi and Sunter 1969, with a third class for other children of one household). */
export class PairScorer {
  /** Levels of the pair scored last. */
  readonly levels: Uint8Array;
  readonly model: LinkModel;
  /** Of the weight asked last: against two people at random, and against two children of one household (999: does not apply). */
  randomBits = 0;
  otherBits = 999;
  readonly #data: Dataset<never>;
  readonly #fields: FieldTables[];
  readonly #exchanged: readonly (readonly [number, number])[];
  readonly #child: Readonly<Record<ChildField, number>> | null;
  readonly #hasSiblings: boolean;
  readonly #rows: Int32Array<ArrayBufferLike>;
  readonly #width: number;
  readonly #memoShift: number;

  constructor(data: Dataset<never>, model: LinkModel) {
    this.#data = data;
    this.model = model;
    const { fields, exchanged, child } = data.schema;
    this.levels = new Uint8Array(fields.length);
    const at = (name: string): number => fields.findIndex((field) => field.name === name);
    this.#exchanged = (exchanged ?? []).map(([one, other]) => [at(one), at(other)]);
    this.#child = child
      ? (Object.fromEntries(Object.entries(child).map(([role, name]) => [role, at(name)])) as Record<ChildField, number>)
      : null;
    this.#rows = data.rows();
    this.#width = fields.length;
    const memo = memoSize(data.size);
    this.#memoShift = Math.clz32(memo - 1);
    this.#hasSiblings = child !== undefined;
    this.#fields = fields.map(({ comparator, rarityKey }, f) => {
      const learnt = model.fields[f];
      if (!learnt || learnt.levels.length !== comparator.levels.length)
        throw new RangeError(`model ${model.id} is not of schema ${data.schema.name}`);
      const count = comparator.levels.length;
      const [againstRandom, againstSibling, logM] = [new Float64Array(count + 1), new Float64Array(count + 1), new Float64Array(count + 1)];
      const isRarity = new Uint8Array(count + 1);
      for (let level = 1; level <= count; level += 1) {
        const m = learnt.m[level - 1] as number;
        logM[level] = Math.log2(m);
        againstRandom[level] = Math.log2(m / (learnt.u[level - 1] as number));
        againstSibling[level] = learnt.s ? Math.log2(m / (learnt.s[level - 1] as number)) : (againstRandom[level] as number);
        isRarity[level] = learnt.counts && comparator.rarity.includes(level) ? 1 : 0;
      }
      return {
        column: data.columns[f] as Column,
        compare: comparator.compare,
        same: comparator.same,
        againstRandom,
        againstSibling,
        household: learnt.s !== null && (learnt.s[0] as number) > 0.3,
        logM,
        isRarity,
        rarityKey: rarityKey ?? null,
        counts: learnt.counts,
        known: Math.max(1, learnt.known),
        rareBits: new Float64Array(0),
        classes: comparator.classes ?? null,
        classOf: new Uint8Array(comparator.classes ? (data.columns[f] as Column).texts.length : 0),
        memoA: new Int32Array(memo),
        memoB: new Int32Array(memo),
        memoLevel: new Uint8Array(memo),
      };
    });
  }

  /** Fills `levels` for two records. */
  compare(a: number, b: number): void {
    const { levels } = this;
    const fields = this.#fields;
    const rows = this.#rows;
    const [x, y] = [a * this.#width, b * this.#width];
    for (let f = 0; f < fields.length; f += 1) {
      levels[f] = this.#level(fields[f] as FieldTables, rows[x + f] as number, rows[y + f] as number);
    }
    for (const [one, other] of this.#exchanged)
      if ((levels[one] as number) >= SIMILAR && (levels[other] as number) >= SIMILAR) this.#compareAcross(a, b, one, other);
    this.#data.schema.adjust?.(levels);
  }

  #level(field: FieldTables, idA: number, idB: number): number {
    if (idA === 0 || idB === 0) return 0;
    if (idA === idB) {
      const value = field.column.value(idA);
      return value === null ? 0 : field.same(value as never);
    }
    if (field.classes) {
      const [p, q] = [this.#classOf(field, field.classes, idA), this.#classOf(field, field.classes, idB)];
      if (p > 0 && q > 0) return p === q ? field.classes.differ : 0;
    }
    const [x, y] = idA < idB ? [idA, idB] : [idB, idA];
    const slot = (Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)) >>> this.#memoShift;
    if (field.memoA[slot] === x && field.memoB[slot] === y) return field.memoLevel[slot] as number;
    const [p, q] = [field.column.value(x), field.column.value(y)];
    const level = p === null || q === null ? 0 : field.compare(p as never, q as never);
    field.memoA[slot] = x;
    field.memoB[slot] = y;
    field.memoLevel[slot] = level;
    return level;
  }

  #classOf(field: FieldTables, classes: NonNullable<Comparator['classes']>, id: number): number {
    const kept = field.classOf[id] as number;
    if (kept > 0) return kept - 1;
    const value = field.column.value(id);
    const found = value === null ? 0 : classes.of(value);
    field.classOf[id] = found + 1;
    return found;
  }

  #compareAcross(a: number, b: number, one: number, other: number): void {
    const name = (f: number, record: number): NameValue | null => {
      const { column } = this.#fields[f] as FieldTables;
      return column.value(column.ids[record] as number) as NameValue | null;
    };
    const [xa, ya, xb, yb] = [name(one, a), name(other, a), name(one, b), name(other, b)];
    if (!xa || !ya || !xb || !yb || !isSameAcross(xa, yb) || !isSameAcross(ya, xb)) return;
    this.levels[one] = SWAPPED;
    this.levels[other] = SWAPPED;
  }

  /** −log2 of the share of records that bear the value's key; −1 where rarity plays no part. */
  #rare(field: FieldTables, id: number): number {
    if (id >= field.rareBits.length) {
      const grown = new Float64Array(Math.max(64, field.column.texts.length)).fill(Number.NaN);
      grown.set(field.rareBits);
      field.rareBits = grown;
    }
    const kept = field.rareBits[id] as number;
    if (!Number.isNaN(kept)) return kept;
    const key = this.rarityKeyOf(field.column, field.rarityKey, id);
    const bits = key === null ? -1 : -Math.log2(shareOf(field.counts ?? {}, field.known, key, this.model.mates));
    field.rareBits[id] = bits;
    return bits;
  }

  private rarityKeyOf(column: Column, rarityKey: ((value: never) => string | null) | null, id: number): string | null {
    return rarityKey ? rarityKey(column.value(id) as never) : (column.texts[id] as string);
  }

  /** Rarity key that two records share in a field at a level where rarity counts, and its bits; null for none. */
  rarity(f: number, a: number, b: number): { bits: number; frequency: number } | null {
    const field = this.#fields[f] as FieldTables;
    const level = this.levels[f] as number;
    if (level === 0 || field.isRarity[level] !== 1) return null;
    const [x, y] = [field.column.ids[a] as number, field.column.ids[b] as number];
    const rare = this.#rare(field, x);
    if (rare < 0 || (x !== y && this.rarityKeyOf(field.column, field.rarityKey, x) !== this.rarityKeyOf(field.column, field.rarityKey, y)))
      return null;
    return { bits: rare, frequency: 2 ** -rare };
  }

  /** Log odds of one person against two, in bits; compares first. */
  weight(a: number, b: number): number {
    this.compare(a, b);
    return this.weightOfLevels(a, b);
  }

  /** The same for the levels as they stand. */
  weightOfLevels(a: number, b: number): number {
    const { levels, model } = this;
    const fields = this.#fields;
    // A number that the register exchanged speaks neither for nor against.
    const exchanged = this.isRenumbered(a, b) ? (this.#child as Readonly<Record<ChildField, number>>).id : -1;
    let own = 0;
    let household = 0;
    let sibling = 0;
    for (let f = 0; f < fields.length; f += 1) {
      const level = levels[f] as number;
      if (level === 0 || (f === exchanged && level === ID_DIFFER)) continue;
      const field = fields[f] as FieldTables;
      let bits = field.againstRandom[level] as number;
      if (field.isRarity[level] === 1) {
        const [x, y] = [this.#rows[a * this.#width + f] as number, this.#rows[b * this.#width + f] as number];
        const rare = this.#rare(field, x);
        if (rare >= 0 && (x === y || this.#rare(field, y) === rare)) bits = (field.logM[level] as number) + rare;
      }
      if (field.household) household += bits;
      else own += bits;
      sibling += field.againstSibling[level] as number;
    }
    const random = model.priorBits + own + Math.min(household, MOST_HOUSEHOLD);
    this.randomBits = random;
    this.otherBits = this.#hasSiblings ? model.siblingPriorBits + sibling : 999;
    if (!this.#hasSiblings) return round(random);
    const other = this.otherBits;
    const [less, more] = random < other ? [random, other] : [other, random];
    return round(less - Math.log2(1 + 2 ** Math.max(less - more, -60)));
  }

  /** Bits of one field as they stand in the sum, for explaining. */
  bitsOf(f: number, a: number, b: number): { random: number; sibling: number; household: boolean } {
    const field = this.#fields[f] as FieldTables;
    const level = this.levels[f] as number;
    const rare = this.rarity(f, a, b);
    const random = level === 0 ? 0 : rare ? (field.logM[level] as number) + rare.bits : (field.againstRandom[level] as number);
    return { random, sibling: field.againstSibling[level] as number, household: field.household };
  }

  /** What is to be done with a pair of this weight; for the levels as they stand. */
  judge(a: number, b: number, weight: number): Judged {
    const { autoBits, reviewBits } = this.model;
    const { levels } = this;
    const child = this.#child;
    if (child) {
      const level = (field: ChildField): number => levels[child[field]] as number;
      const [given, date, id] = [level('given'), level('date'), level('id')];
      const otherGiven = given === OTHER || given === GIVEN_DIFFER;
      if (isApart(id, given, date)) return NONE;
      if (id === ID_DIFFER) {
        // Two valid ids are two children, unless the register has renumbered one: its two entries agree in all else. Of other records a human says so.
        if (this.isRenumbered(a, b)) return AUTO;
        const alike = (given === 1 || given === SOUNDS) && date <= 2 && level('family') >= 1 && level('family') <= CLOSE;
        return alike && this.#withoutId(weight) >= autoBits ? REVIEWS.RENUMBERED : NONE;
      }
      if (id >= ID_SAME && id < ID_NEAR && (otherGiven || given === SIMILAR) && (date === 0 || isOtherDay(date)))
        return REVIEWS.ID_CONFLICT;
      if (otherGiven && id !== ID_SAME && weight >= reviewBits && date === 1) return REVIEWS.POSSIBLE_TWIN;
    }
    return weight >= autoBits ? AUTO : weight >= reviewBits ? REVIEWS.WEAK : NONE;
  }

  /**
   * Is a pair surely not one child's, by what is quickest to compare? Another valid id beside another name or day; another given name and another date where nothing
   * but the surname agrees so far: a sibling. `judge` says the same.
   */
  isHopeless(a: number, b: number): boolean {
    const child = this.#child;
    // A source that holds every person once holds no two records of one.
    if (!child) return this.#data.sources[a] !== 0 && this.#data.sources[a] === this.#data.sources[b];
    const level = (field: ChildField): number => {
      const f = child[field];
      return this.#level(
        this.#fields[f] as FieldTables,
        this.#rows[a * this.#width + f] as number,
        this.#rows[b * this.#width + f] as number,
      );
    };
    const id = level('id');
    if (id >= ID_SAME && id <= ID_NEAR) return false;
    const given = level('given');
    const family = level('family');
    // Columns may have been exchanged.
    if (given >= SIMILAR && family >= SIMILAR) return false;
    return isApart(id, given, level('date'));
  }

  /** Two rows of one entry of a register. For the levels as they stand. */
  isOneEntryTwice(): boolean {
    return this.#child !== null && this.levels[this.#child.id] === ID_SAME;
  }

  /** Two entries of the register that differ in nothing but the number: twins differ in the given name. For the levels as they stand. */
  isRenumbered(a: number, b: number): boolean {
    const { sources } = this.#data;
    const child = this.#child;
    if (!child || sources[a] === 0 || sources[a] !== sources[b] || !this.hasTwoIds()) return false;
    const level = (field: ChildField): number => this.levels[child[field]] as number;
    return (
      level('given') === 1 &&
      level('family') === 1 &&
      level('date') === 1 &&
      level('parents') === 1 &&
      level('home') === 1 &&
      level('patronymic') <= 1 &&
      level('sex') <= 1
    );
  }

  /** Is a sibling all that is to be feared? Not so where chance alone might do it. For the weight asked last. */
  isBoundBySibling(): boolean {
    return this.randomBits >= this.model.autoBits && this.otherBits < this.randomBits;
  }

  #withoutId(weight: number): number {
    return this.#child ? weight - ((this.#fields[this.#child.id] as FieldTables).againstSibling[ID_DIFFER] as number) : weight;
  }

  /** Two different valid ids, for the levels as they stand. */
  hasTwoIds(): boolean {
    return this.#child !== null && this.levels[this.#child.id] === ID_DIFFER;
  }
}

const isOtherDay = (date: number): boolean =>
  date === TWO_SLIPS || date === DATE_DIFFERS || date === YEAR_DIFFERS || date === MONTH_DIFFERS;

/** Another valid id beside another given name or day, or another given name and day without an id that speaks for one child. */
function isApart(id: number, given: number, date: number): boolean {
  const otherDay = isOtherDay(date);
  if (id === ID_DIFFER) return otherDay || !(given === 1 || given === SOUNDS || given === SWAPPED || given === 0);
  return (given === OTHER || given === GIVEN_DIFFER) && otherDay && !(id >= ID_SAME && id <= ID_NEAR);
}

/** Share of the records of others that bear a value. One that was not seen often is as rare as one seen once. */
export const shareOf = (counts: Readonly<Record<string, number>>, known: number, key: string, mates: number): number =>
  Math.min(1, Math.max((Object.hasOwn(counts, key) ? (counts[key] as number) : 1) - mates, 1) / Math.max(known, 2));

const SIMILAR = nameLevel('similar');
const SOUNDS = nameLevel('sounds-alike');
const CLOSE = nameLevel('close');
const OTHER = nameLevel('other-name');
const GIVEN_DIFFER = nameLevel('differ');
const SWAPPED = nameLevel('swapped');
const TWO_SLIPS = dateLevel('two-slips');
const DATE_DIFFERS = dateLevel('differ');
const YEAR_DIFFERS = dateLevel('year-differ');
const MONTH_DIFFERS = dateLevel('month-differ');
/** Levels of `compareId`. */
const ID_SAME = 1;
const ID_NEAR = 3;
const ID_DIFFER = 5;
