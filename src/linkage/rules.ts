import type { Evidence } from './evidence.ts';

/** When two records, or two sets of them, are one child's. In order of strength: what a stronger rule linked, a weaker one takes as given. */
export interface LinkRule {
  readonly name: string;
  /** `unique`: holds only where no other child fits as well. */
  readonly among: 'all' | 'unique';
  holds(e: Evidence): boolean;
}

const named = (level: Evidence['given']): boolean => level === 'same' || level === 'part' || level === 'close';
const given = (e: Evidence): boolean => e.given === 'same' || e.given === 'part';
const home = (e: Evidence): boolean => e.address === 'same';
const here = (e: Evidence): boolean => e.place === 'settlement' || e.place === 'municipality' || home(e);
const parent = (e: Evidence): boolean => e.parent || named(e.mother);
/** Something besides given name, surname and birth date agrees. */
const backed = (e: Evidence): boolean => named(e.patronymic) || parent(e) || e.number || home(e);
/** Nothing speaks against it; a wrong sex is a slip where the home is one. */
const unopposed = (e: Evidence): boolean => e.patronymic !== 'differ' && e.mother !== 'differ' && (e.sex !== 'differ' || home(e));
/** Besides, the homes are not known to be two. */
const uncontested = (e: Evidence): boolean => unopposed(e) && e.address !== 'differ';
const names = (e: Evidence): boolean => named(e.given) && named(e.family);
const exactNames = (e: Evidence): boolean => given(e) && e.family === 'same';
const yearOrMonth = (e: Evidence): boolean => e.birth === 'year' || e.birth === 'month';
const rule = (name: string, among: LinkRule['among'], holds: (e: Evidence) => boolean): LinkRule => ({ name, among, holds });

/**
 * Rules for two records with the same valid national id. A sibling's id differs in given name and in birth date; either of them is checked.
 * A name alone would do for a changed surname, a birth date alone for an everyday name.
 */
export const ID_RULES: readonly LinkRule[] = [
  rule('id, given name and birth date', 'all', (e) => named(e.given) && e.birth === 'day'),
  rule('id and birth date', 'all', (e) => e.birth === 'day'),
  rule('id and given name', 'all', (e) => named(e.given)),
  rule(
    'id and birth date but for a slip',
    'all',
    (e) => (e.birth === 'near' || yearOrMonth(e)) && (named(e.family) || named(e.patronymic) || named(e.mother)),
  ),
];

/** Rules without a common valid id. Twins and siblings differ in the given name, so that none holds without it. */
export const NAME_RULES: readonly LinkRule[] = [
  rule('names, patronymic and birth date', 'unique', (e) => exactNames(e) && e.birth === 'day' && e.patronymic === 'same'),
  rule('names, birth date and parent', 'unique', (e) => given(e) && named(e.family) && e.birth === 'day' && parent(e)),
  rule('names, birth date and home', 'unique', (e) => names(e) && e.birth === 'day' && home(e)),
  rule(
    'names and birth date within a municipality',
    'unique',
    (e) => exactNames(e) && e.birth === 'day' && here(e) && e.patronymic !== 'differ',
  ),
  rule('close names and birth date, backed', 'unique', (e) => names(e) && e.birth === 'day' && backed(e) && unopposed(e)),
  rule(
    'given name, patronymic and birth date',
    'unique',
    (e) => named(e.given) && named(e.patronymic) && e.birth === 'day' && (here(e) || parent(e)),
  ),
  rule('given name, birth date and parent or home', 'unique', (e) => named(e.given) && e.birth === 'day' && (parent(e) || home(e))),
  rule('names and birth date', 'unique', (e) => given(e) && named(e.family) && e.birth === 'day' && unopposed(e)),
  rule('close names and birth date within a municipality', 'unique', (e) => names(e) && e.birth === 'day' && here(e) && unopposed(e)),
  rule('names, birth month and home', 'unique', (e) => names(e) && yearOrMonth(e) && home(e) && unopposed(e)),
  rule(
    'names and birth month within a municipality',
    'unique',
    (e) => names(e) && e.birth === 'month' && (here(e) || backed(e)) && unopposed(e),
  ),
  rule(
    'names, birth date but for a slip, and parent or home',
    'unique',
    (e) => names(e) && e.birth === 'near' && (parent(e) || home(e)) && unopposed(e) && e.place !== 'differ',
  ),
  rule(
    'names, patronymic and birth date but for a slip',
    'unique',
    (e) => exactNames(e) && e.birth === 'near' && e.patronymic === 'same' && uncontested(e) && e.place !== 'differ',
  ),
  rule(
    'names and birth date but for a slip within a municipality',
    'unique',
    (e) => exactNames(e) && e.birth === 'near' && here(e) && uncontested(e),
  ),
  rule(
    'names, birth year and parent within a municipality',
    'unique',
    (e) => names(e) && e.birth === 'year' && parent(e) && here(e) && unopposed(e),
  ),
  rule(
    'names, patronymic and birth year within a municipality',
    'unique',
    (e) => names(e) && e.birth === 'year' && named(e.patronymic) && here(e) && unopposed(e),
  ),
  rule(
    'given name, birth year, and parent or home',
    'unique',
    (e) => named(e.given) && yearOrMonth(e) && (parent(e) || home(e)) && here(e) && unopposed(e),
  ),
  rule('names and birth year within a municipality', 'unique', (e) => exactNames(e) && e.birth === 'year' && here(e) && uncontested(e)),
  rule('close names and birth year within a municipality', 'unique', (e) => names(e) && e.birth === 'year' && here(e) && uncontested(e)),
  rule(
    'given name, patronymic and birth year within a municipality',
    'unique',
    (e) => given(e) && yearOrMonth(e) && e.patronymic === 'same' && here(e) && uncontested(e),
  ),
  rule(
    'names and parent or home, birth year off by one',
    'unique',
    (e) => names(e) && e.birth === 'near-year' && backed(e) && here(e) && unopposed(e),
  ),
  rule('names at one school', 'unique', (e) => names(e) && e.birth === 'unknown' && e.school && unopposed(e)),
  rule('names and home, no birth date', 'unique', (e) => names(e) && e.birth === 'unknown' && home(e) && unopposed(e)),
  rule(
    'given name, home and parent, no birth date',
    'unique',
    (e) => given(e) && e.birth === 'unknown' && home(e) && (named(e.patronymic) || parent(e)) && unopposed(e),
  ),
  rule('names, no birth date, backed', 'unique', (e) => exactNames(e) && e.birth === 'unknown' && backed(e) && here(e) && unopposed(e)),
  rule('close names, no birth date, backed', 'unique', (e) => names(e) && e.birth === 'unknown' && backed(e) && here(e) && uncontested(e)),
];

/**
 * The one exception to "two valid ids are two children": the register itself holds a child twice, under the number before and after a renumbering.
 * Twins differ in the given name, so that a mother's two entries of one name, day and home are one child's.
 */
export const RENUMBERED: LinkRule = rule(
  'two register entries of one mother, name and birth date',
  'all',
  (e) =>
    e.given === 'same' &&
    e.family === 'same' &&
    e.birth === 'day' &&
    e.parent &&
    e.patronymic !== 'differ' &&
    e.sex !== 'differ' &&
    home(e),
);
