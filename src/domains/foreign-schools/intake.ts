import { optionalText, requiredCode, requiredInteger, requiredText } from '../../intake/cells.ts';
import type { FeedFormat } from '../../intake/feed-format.ts';
import { RowRefused } from '../../intake/row-refused.ts';

const GROUPS = ['BG', 'RO', 'EU', 'OTHER'] as const;

/** What schools of another state report: counts by age, grades, citizenship and district, never a pupil. */
export const foreignAggregateFormat: FeedFormat = {
  kind: 'foreign-aggregate',
  encoding: 'utf-8',
  layout: 'csv',
  columns: ['school_id', 'term', 'age_from', 'age_to', 'grade_band', 'citizenship_group', 'residence_district', 'count'],
  table: {
    name: 'foreign_school.report_cell',
    columns: [
      ['school_id', 'text'],
      ['term', 'text'],
      ['age_from', 'integer'],
      ['age_to', 'integer'],
      ['grade_band', 'text'],
      ['citizenship_group', 'text'],
      ['residence_district', 'text'],
      ['count', 'integer'],
    ],
  },
  parse(cells, context) {
    const [schoolCell = '', termCell = '', fromCell = '', toCell = '', band = '', group = '', district = '', count = ''] = cells;
    const schoolId = requiredText(schoolCell, 'school_id');
    const school = context.schools.get(schoolId);
    if (!school) throw new RowRefused('UNKNOWN_SCHOOL', 'school_id', 'a school of the list of schools');
    const term = requiredText(termCell, 'term');
    if (!/^\d{4}-\d{4}\/\d$/.test(term)) throw new RowRefused('UNKNOWN_CODE', 'term', 'a term such as 2026-2027/1');
    const from = requiredInteger(fromCell, 'age_from', 0, 99);
    const to = requiredInteger(toCell, 'age_to', 0, 99);
    if (from > to) throw new RowRefused('IMPOSSIBLE_RANGE', 'age_from', 'an age not above age_to');
    const citizenship = requiredCode(group, 'citizenship_group', GROUPS);
    const [grades, residence] = [optionalText(band), optionalText(district)];
    return {
      country: school.country,
      naturalKey: [schoolId, term, String(from), String(to), grades ?? '', citizenship, residence ?? ''],
      values: [schoolId, term, from, to, grades, citizenship, residence, requiredInteger(count, 'count')],
      feature: null,
      id: null,
      assertions: [],
      guardians: [],
    };
  },
};
