import type { FeedKind } from '../kernel/brands.ts';
import type { BadRow } from './bad-rows.ts';
import type { Child, Story } from './child.ts';

const OUT_OF_SCHOOL = new Set<string>(['LEFT_EARLY', 'NEVER_ENROLLED', 'UNREGISTERED']);

class Counter {
  readonly #counts = new Map<string, number>();
  add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }
  sorted(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** Counts what was written, for `counts.json`. */
export class Tally {
  readonly #files: Record<string, object> = {};
  readonly #duplicates = new Counter();
  readonly #errors = new Counter();
  readonly #badReasons = new Counter();
  readonly #badExpectations = new Counter();
  readonly #status = new Counter();
  readonly #details = new Counter();
  readonly #outByMunicipality = new Counter();
  readonly #plain = new Counter();
  #records = 0;
  #bad = 0;
  #lastHousehold = '';

  file(name: string, kind: FeedKind, counts: { lines: number; good: number; bad: number }): void {
    this.#files[name] = { kind, dataLines: counts.lines, goodRows: counts.good, badRows: counts.bad };
  }

  record(kind: FeedKind, errors: readonly string[]): void {
    this.#records += 1;
    for (const error of errors) {
      this.#errors.add(error);
      if (error === 'duplicate') this.#duplicates.add(kind);
    }
  }

  badRow(bad: BadRow): void {
    this.#bad += 1;
    this.#badReasons.add(bad.code);
    this.#badExpectations.add(bad.expect);
  }

  /** Children of one household come one after another. */
  child(child: Child, story: Story, absences: { atRisk: boolean } | null): void {
    const count = (name: string, when: boolean): void => {
      if (when) this.#plain.add(name);
    };
    const out = OUT_OF_SCHOOL.has(story.status);
    this.#status.add(story.status);
    if (story.detail) this.#details.add(`${story.status}/${story.detail}`);
    count('children', true);
    count('households', child.household.ref !== this.#lastHousehold);
    this.#lastHousehold = child.household.ref;
    count('twins', child.twin);
    count('compulsoryAge', child.compulsory);
    count('compulsoryAgeLiving', child.compulsory && story.status !== 'DECEASED');
    count('outOfSchool', out);
    if (out) this.#outByMunicipality.add(child.household.place.municipality);
    count('noCivilRecord', !story.registered);
    count('renumberedIds', child.formerId !== '');
    count('registerSchoolConflicts', story.also === 'CONFLICT');
    count('ageEdge', child.ageEdge);
    count('cnpCounty70', child.idType === 3 && child.id.slice(7, 9) === '70');
    count('childrenWithAbsences', absences !== null);
    count('atRiskByAbsences', absences?.atRisk === true);
    count('foreignSchoolPupilsInRegister', story.foreignPupil);
  }

  totals(): { records: number; badRows: number } {
    return { records: this.#records, badRows: this.#bad };
  }

  counts(): object {
    const plain = this.#plain.sorted();
    const living = plain.compulsoryAgeLiving ?? 0;
    return {
      files: this.#files,
      records: this.#records,
      duplicates: this.#duplicates.sorted(),
      errors: this.#errors.sorted(),
      badRows: { all: this.#bad, byReason: this.#badReasons.sorted(), byExpectation: this.#badExpectations.sorted() },
      ...plain,
      outOfSchoolPercent: living === 0 ? 0 : Math.round(((plain.outOfSchool ?? 0) / living) * 10_000) / 100,
      byStatus: this.#status.sorted(),
      byDetail: this.#details.sorted(),
      outOfSchoolByMunicipality: this.#outByMunicipality.sorted(),
    };
  }
}
