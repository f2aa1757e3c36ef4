import { beforeAll, describe, expect, it } from 'vitest';
import { generatedRecords } from '../../tests/linkage/generated-records.ts';
import { linkRecord } from '../../tests/support/link-record.ts';
import { type ChildEngine, childEngine } from './child-engine.ts';
import { childSchema } from './child-schema.ts';
import type { LinkRecord } from './engine.ts';
import { linkAll } from './link-all.ts';
import type { LinkModel } from './link-model.ts';
import type { PairExplanation } from './pair-explanation.ts';
import type { Band, PairScore } from './pair.ts';
import { SHIPPED_MODEL } from './shipped-model.ts';

/** Candidates of generated children with their scores, the strongest first. */
let engine: ChildEngine;
let model: LinkModel;
let pairs: { a: LinkRecord; b: LinkRecord; score: PairScore }[];
beforeAll(async () => {
  const records = await generatedRecords(400, 31);
  const linkage = await linkAll(childSchema, records);
  ({ model } = linkage);
  engine = childEngine(model);
  const { edges } = linkage;
  const places = Array.from({ length: edges.count }, (_, e) => [edges.a[e] as number, edges.b[e] as number] as const);
  // Neighbours in their feed: hardly ever one child's.
  const strangers = Array.from({ length: 60 }, (_, i) => [i, i + 1] as const);
  const all = [...places, ...strangers];
  pairs = engine.score(records, all).map((score, i) => {
    const [a, b] = all[i] as readonly [number, number];
    return { a: records[a] as LinkRecord, b: records[b] as LinkRecord, score };
  });
});
const ofBand = (wanted: Band) => pairs.filter(({ score }) => score.band === wanted).slice(0, 60);

/** A record that does not say one field. */
const BLANK: Readonly<Record<string, Partial<LinkRecord>>> = {
  givenName: { givenName: null },
  familyName: { familyName: null },
  patronymic: { patronymic: null },
  sex: { sex: null },
  place: { settlement: null, settlementText: null, municipality: null },
  address: { addresses: [] },
  mother: { motherName: null },
  parentId: { motherMac: null, fatherMac: null, guardianMac: null },
  school: { schoolId: null },
};

describe('an explanation', () => {
  it('of every band adds up: prior, fields and what a family shares are the total', () => {
    for (const band of ['AUTO', 'REVIEW', 'NONE'] as const) {
      expect(ofBand(band).length, band).toBeGreaterThan(0);
      for (const { a, b } of ofBand(band)) {
        const { priorBits, fields, siblingBits, totalBits } = engine.explain(a, b);
        expect(priorBits + fields.reduce((sum, { bits }) => sum + bits, 0) + siblingBits).toBeCloseTo(totalBits, 2);
        expect(siblingBits).toBeLessThanOrEqual(0.001);
      }
    }
  });

  it('says what the score says, and what it was worked out with', () => {
    for (const { a, b, score } of [...ofBand('AUTO'), ...ofBand('REVIEW'), ...ofBand('NONE')]) {
      const told = engine.explain(a, b);
      expect(told).toMatchObject({
        totalBits: score.weight,
        band: score.band,
        reason: score.reason,
        model: model.id,
        priorBits: model.priorBits,
      });
      expect(told.probability).toBeCloseTo(1 / (1 + 2 ** -score.weight), 9);
      expect(told.fields.map(({ field }) => field)).toEqual(model.fields.map(({ name }) => name));
      told.fields.forEach(({ level, bits }, f) => {
        const at = Number.parseInt(score.levels[f] as string, 36);
        expect(level).toBe(at === 0 ? 'unknown' : model.fields[f]?.levels[at - 1]);
        if (level === 'unknown') expect(bits).toBe(0);
      });
    }
  });

  it('names a rare value by what it adds: the share of records that bear it, and its bits', () => {
    let seen = 0;
    for (const { a, b } of ofBand('AUTO')) {
      for (const { bits, rarityBits, frequency, level, field } of engine.explain(a, b).fields) {
        expect(rarityBits === null).toBe(frequency === null);
        if (rarityBits === null || frequency === null) continue;
        seen += 1;
        const known = model.fields.find(({ name }) => name === field) as LinkModel['fields'][number];
        const at = known.levels.indexOf(level);
        expect(frequency).toBeGreaterThan(0);
        expect(frequency).toBeLessThan(1);
        expect(bits).toBeCloseTo(Math.log2((known.m[at] as number) / frequency), 2);
        expect(bits - rarityBits).toBeCloseTo(Math.log2((known.m[at] as number) / (known.u[at] as number)), 2);
      }
    }
    expect(seen).toBeGreaterThan(50);
  });

  it('names the fields without which the band would be another, and it would', () => {
    let changed = 0;
    for (const { a, b, score } of [...ofBand('AUTO').slice(0, 30), ...ofBand('REVIEW')]) {
      const { without, fields } = engine.explain(a, b);
      // A field that another is judged by changes its level with it; then the two are not comparable.
      const isComparable = (other: PairExplanation, field: string) =>
        other.fields.every((one, f) => one.field === field || one.level === fields[f]?.level);
      for (const { field, band, totalBits } of without) {
        expect(band).not.toBe(score.band);
        const blank = BLANK[field];
        if (!blank || b.source === 'registry') continue;
        const other = engine.explain(a, { ...b, ...blank });
        if (!isComparable(other, field)) continue;
        changed += 1;
        expect([other.band, other.totalBits], field).toEqual([band, totalBits]);
      }
      for (const [field, blank] of Object.entries(BLANK)) {
        if (without.some((one) => one.field === field)) continue;
        const other = engine.explain(a, { ...b, ...blank });
        if (isComparable(other, field)) expect(other.band, field).toBe(score.band);
      }
    }
    expect(changed).toBeGreaterThan(3);
  });

  it('is the same whoever is asked of first, but for the order of the two', () => {
    for (const { a, b } of ofBand('REVIEW'))
      expect({ ...engine.explain(b, a), a: '', b: '' }).toEqual({ ...engine.explain(a, b), a: '', b: '' });
  });
});

describe('what overrides the sum', () => {
  const shipped = childEngine(SHIPPED_MODEL);
  const boyan = { givenName: 'Боян', patronymic: 'Красимиров', familyName: 'Михайлов', born: '2016-04-16' };
  const home = { motherMac: 'mother', addresses: ['ул. Бреза 9'] };
  const entry = linkRecord({ kind: 'population', id: 'one', ...boyan, ...home });
  const vetoes = (other: LinkRecord) => shipped.explain(entry, other).vetoes.map(({ kind }) => kind);

  it('two valid ids', () => expect(vetoes(linkRecord({ kind: 'visits', id: 'two', ...boyan }))).toEqual(['TWO_VALID_IDS']));
  it('two entries of the register, unless one child was renumbered', () => {
    expect(vetoes(linkRecord({ kind: 'population', ...boyan }))).toEqual(['TWO_REGISTER_ENTRIES']);
    expect(vetoes(linkRecord({ kind: 'population', id: 'two', ...boyan, ...home }))).toEqual([]);
  });
  it('an id of somebody else', () =>
    expect(vetoes(linkRecord({ kind: 'visits', id: 'one', givenName: 'Вера', born: '2018-01-05' }))).toEqual(['ID_CONFLICT']));
  it('a twin', () =>
    expect(vetoes(linkRecord({ kind: 'visits', ...boyan, ...home, givenName: 'Петър', ids: [{ ...slip }] }))).toEqual(['POSSIBLE_TWIN']));
  it('nothing, where the sum decides', () => expect(vetoes(linkRecord({ kind: 'visits', ...boyan }))).toEqual([]));
  const slip = { scheme: 'EGN' as const, mac: 'x', valid: false, birth: null, sex: null, corrections: ['one'] };
});
