import { childSchema } from '../../../../src/linkage/child-schema.ts';
import type { LinkRecord } from '../../../../src/linkage/engine.ts';
import { readLinkRecords } from '../../../quality/read-link-records.ts';
import { readTruth } from '../../../quality/read-truth.ts';
import { labelsOf } from '../metrics/labels.ts';
import { type BenchSet, SELF_KNOWLEDGE } from './bench-set.ts';
import { readTrueRecords, type TrueRecord } from './true-records.ts';

const NAME_ERRORS = /^(?:nickname|everyday-name|given-name-typo|family-name-typo|surname-changed|double-surname|patronymic-typo|name-cut)$/;
const NOBODY: TrueRecord = { child: '', household: '', twin: false, flags: [], errors: [] };

/** Subgroups by what the truth says was planted; none of them is about who a family is. */
const SUBGROUPS: Readonly<Record<string, (record: TrueRecord) => boolean>> = {
  'Latin script': ({ flags, errors }) => flags.includes('latin-script') || errors.includes('latin-script'),
  'no id': ({ flags, errors }) => flags.includes('no-id') || errors.includes('id-missing'),
  'name variation': ({ errors }) => errors.some((error) => NAME_ERRORS.test(error)),
  'no civil record': ({ flags }) => flags.includes('no-civil-record'),
};

/** The feeds of one place with truth, read as intake reads them. Records that the truth does not know are children of their own. */
export function feedsSet(name: string, directory: string): BenchSet<LinkRecord> {
  const { records } = readLinkRecords(directory, readTruth(directory).files);
  const known = readTrueRecords(directory);
  const truth = records.map(({ record }) => known.get(record) ?? { ...NOBODY, child: record, household: record });
  return {
    name,
    schema: childSchema,
    records,
    truth: labelsOf(truth.map(({ child }) => child)),
    source: null,
    homes: { household: labelsOf(truth.map(({ household }) => household)), twin: truth.map(({ twin }) => Number(twin)) },
    subgroups: new Map(Object.entries(SUBGROUPS).map(([group, isOf]) => [group, (i: number) => isOf(truth[i] ?? NOBODY)])),
    targets: [
      { figure: 'auto: precision', least: 0.9999 },
      { figure: 'auto: recall', least: 0.985 },
      { figure: 'with review: recall', least: 0.998 },
      { figure: 'review pairs per 1,000', most: 25 },
      { figure: 'twin false links', most: 1e-4 },
      { figure: 'auto: worst subgroup gap, points', most: 1 },
      { figure: 'with review: worst subgroup gap, points', most: 1 },
      SELF_KNOWLEDGE,
    ],
  };
}
