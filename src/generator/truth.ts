import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Country, FeedKind } from '../kernel/brands.ts';
import type { BadRow } from './bad-rows.ts';
import type { Child, Story } from './child.ts';
import { FeedFile } from './feed-file.ts';
import { csvLine } from './feed-layouts.ts';
import { Tally } from './tally.ts';

/** What is really so: whom each line is about, who each child is, and which lines are bad. */
export class Truth {
  readonly #folder: string;
  readonly #records: FeedFile;
  readonly #children: FeedFile;
  readonly #bad: FeedFile;
  readonly #foreign: FeedFile | null;
  readonly tally: Tally;

  constructor(folder: string, country: Country) {
    const open = (name: string, header: string): FeedFile => {
      const file = new FeedFile(join(folder, name), name, 'utf-8', '\n');
      file.write(header);
      return file;
    };
    this.#folder = folder;
    this.#records = open('records.csv', 'record,file,line,kind,child,household,twin,flags,errors');
    this.#children = open(
      'children.csv',
      'child,country,household,id_type,id,former_id,given_name,patronymic,family_name,birth_date,sex,settlement,municipality,district,age,compulsory,expected_status,also_acceptable,detail,age_edge,twin,flags,absence_unit,absence_effective,at_risk,records',
    );
    this.#bad = open('bad-rows.csv', 'file,line,kind,code,expect,reason,copied_from_child');
    this.#foreign =
      country === 'BG'
        ? open(
            'foreign-pupils.csv',
            'pupil,child,school_id,birth_date,age,age_from,age_to,grade_band,citizenship,citizenship_group,residence_district',
          )
        : null;
    this.tally = new Tally();
  }

  /** @param about the columns child, household, twin and flags. */
  record(file: string, line: number, kind: FeedKind, about: string, errors: readonly string[]): void {
    this.tally.record(kind, errors);
    this.#records.write(`${kind}:${file}:${line},${file},${line},${kind},${about},${errors.join(' ')}`);
  }

  badRow(file: string, line: number, kind: FeedKind, bad: BadRow, copiedFrom: string): void {
    this.tally.badRow(bad);
    this.#bad.write(csvLine([file, String(line), kind, bad.code, bad.expect, bad.reason, copiedFrom]));
  }

  file(name: string, kind: FeedKind, counts: { lines: number; good: number; bad: number }): void {
    this.tally.file(name, kind, counts);
  }

  foreignPupil(cells: readonly string[]): void {
    this.#foreign?.write(csvLine(cells));
  }

  child(
    child: Child,
    story: Story,
    absences: { unit: 'hours' | 'days'; effective: number; atRisk: boolean } | null,
    flags: readonly string[],
    records: number,
  ): void {
    const { household } = child;
    const flag = (value: boolean): string => (value ? '1' : '0');
    this.tally.child(child, story, absences);
    this.#children.write(
      csvLine([
        child.ref,
        household.country,
        household.ref,
        String(child.idType),
        child.id,
        child.formerId,
        child.given,
        child.patronymic,
        child.family,
        child.birth,
        child.sex,
        household.place.settlement,
        household.place.municipality,
        household.place.district,
        String(child.age),
        flag(child.compulsory),
        story.status,
        story.also,
        story.detail,
        flag(child.ageEdge),
        flag(child.twin),
        flags.join(' '),
        absences?.unit ?? '',
        absences ? String(absences.effective) : '',
        flag(absences?.atRisk ?? false),
        String(records),
      ]),
    );
  }

  /** Writes the counts and closes all. @param head what the run was asked for. */
  close(head: object): void {
    for (const file of [this.#records, this.#children, this.#bad, this.#foreign]) file?.close();
    writeFileSync(join(this.#folder, 'counts.json'), `${JSON.stringify({ generator: head, ...this.tally.counts() }, null, 2)}\n`, {
      flag: 'wx',
    });
  }
}
