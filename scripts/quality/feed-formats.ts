import { assistanceFormat } from '../../src/domains/assistance/intake.ts';
import { parentsAbroadFormat } from '../../src/domains/assistance/intake-parents-abroad.ts';
import { foreignAggregateFormat } from '../../src/domains/foreign-schools/intake.ts';
import { visitsFormat } from '../../src/domains/outreach/intake.ts';
import { populationFormat } from '../../src/domains/registry/intake.ts';
import { schoolsFormat } from '../../src/domains/schools/intake.ts';
import { absencesFormat } from '../../src/domains/schools/intake-absences.ts';
import { schoolRollFormat } from '../../src/domains/schools/intake-school-roll.ts';
import { siiirRollFormat } from '../../src/domains/schools/intake-siiir-roll.ts';
import type { FeedFormat } from '../../src/intake/feed-format.ts';
import type { FeedKind } from '../../src/kernel/brands.ts';

/** All nine kinds, without the rest of the hub. */
export const QUALITY_FORMATS: Readonly<Record<FeedKind, FeedFormat>> = {
  schools: schoolsFormat,
  population: populationFormat,
  'school-roll': schoolRollFormat,
  'siiir-roll': siiirRollFormat,
  absences: absencesFormat,
  assistance: assistanceFormat,
  'parents-abroad': parentsAbroadFormat,
  'foreign-aggregate': foreignAggregateFormat,
  visits: visitsFormat,
};
