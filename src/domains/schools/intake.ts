import { optionalCode, optionalText, requiredCode, requiredText } from '../../intake/cells.ts';
import type { FeedFormat } from '../../intake/feed-format.ts';

const YES_NO = ['0', '1'] as const;

/** The list of schools of a ministry or county: what rolls refer to, hence handed in before them. */
export const schoolsFormat: FeedFormat = {
  kind: 'schools',
  encoding: 'utf-8',
  layout: 'csv',
  columns: ['school_id', 'name', 'settlement', 'municipality', 'district', 'country', 'school_type', 'rural', 'foreign'],
  table: {
    name: 'school.school',
    columns: [
      ['school_id', 'text'],
      ['name', 'text'],
      ['settlement', 'text'],
      ['municipality', 'text'],
      ['district', 'text'],
      ['country', 'text'],
      ['school_type', 'text'],
      ['rural', 'boolean'],
      ['is_foreign', 'boolean'],
    ],
  },
  parse(cells) {
    const [id = '', name = '', settlement = '', municipality = '', district = '', countryCell = '', type = '', rural = '', foreign = ''] =
      cells;
    const schoolId = requiredText(id, 'school_id');
    const country = requiredCode(countryCell, 'country', ['BG', 'RO'] as const);
    return {
      country,
      naturalKey: [schoolId],
      values: [
        schoolId,
        requiredText(name, 'name'),
        optionalText(settlement),
        optionalText(municipality),
        optionalText(district),
        country,
        optionalText(type),
        optionalCode(rural, 'rural', YES_NO) === '1',
        optionalCode(foreign, 'foreign', YES_NO) === '1',
      ],
      feature: null,
      id: null,
      assertions: [],
      guardians: [],
    };
  },
};
