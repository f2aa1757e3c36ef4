import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnRecords } from '../../tests/linkage/drawn-records.ts';
import { linkRecord } from '../../tests/support/link-record.ts';
import { childEngine, type ClusterInput } from './child-engine.ts';
import type { LinkRecord } from './engine.ts';
import { BANDS, REVIEW_REASONS } from './pair.ts';
import { SHIPPED_MODEL } from './shipped-model.ts';

const engine = childEngine(SHIPPED_MODEL);
type Decisions = ClusterInput['decisions'];

/** All pairs scored, then clustered. */
function link(records: readonly LinkRecord[], decisions: Decisions = []) {
  const pairs = records.flatMap((_, a) => records.slice(a + 1).map((_, i) => [a, a + 1 + i] as const));
  const scores = engine.score(records, pairs);
  return { scores, ...engine.cluster({ records, scores, decisions }) };
}
const shuffled = drawnRecords.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
const bySides = <T extends { a: string; b: string }>(rows: readonly T[]): T[] =>
  [...rows].sort((p, q) => Number(p.a) - Number(q.a) || Number(p.b) - Number(q.b));
const verdict = fc.constantFrom('SAME' as const, 'DIFFERENT' as const);

describe('the engine', () => {
  it('gives the same scores, children, links and questions in whatever order the records come', () => {
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const [one, two] = [link(list), link(other)];
        expect(bySides(two.scores)).toEqual(bySides(one.scores));
        expect(two.clusters.map(({ records }) => records)).toEqual(one.clusters.map(({ records }) => records));
        expect(bySides(two.clusters.flatMap(({ links }) => links))).toEqual(bySides(one.clusters.flatMap(({ links }) => links)));
        expect(bySides(two.review)).toEqual(bySides(one.review));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('puts every record into exactly one cluster, held together by its links', () => {
    fc.assert(
      fc.property(drawnRecords, (list) => {
        const { clusters, scores, review } = link(list);
        expect(clusters.flatMap(({ records }) => records).sort()).toEqual(list.map(({ record }) => record).sort());
        for (const { records, links } of clusters) {
          expect(links).toHaveLength(records.length - 1);
          for (const { a, b, because } of links) {
            expect(records).toEqual(expect.arrayContaining([a, b]));
            expect(because.length).toBeGreaterThan(1);
          }
        }
        for (const { a, b, band, reason, levels } of scores) {
          expect(Number(a)).toBeLessThan(Number(b));
          expect(BANDS).toContain(band);
          expect(band === 'REVIEW' ? REVIEW_REASONS.includes(reason as never) : reason === null).toBe(true);
          expect(levels).toHaveLength(SHIPPED_MODEL.fields.length);
        }
        const clusterOf = new Map(clusters.flatMap(({ records }) => records.map((record) => [record, records[0]] as const)));
        const asked = review.map(({ a, b }) => [clusterOf.get(a), clusterOf.get(b)].sort().join(' '));
        expect(new Set(asked).size).toBe(asked.length);
        for (const { a, b } of review) expect(clusterOf.get(a)).not.toBe(clusterOf.get(b));
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  it('scores a pair alike whoever stands first, and whatever else is there', () => {
    fc.assert(
      fc.property(drawnRecords, (list) => {
        const { scores } = link(list);
        for (const score of scores) {
          const [a, b] = [list[Number(score.a) - 1] as LinkRecord, list[Number(score.b) - 1] as LinkRecord];
          expect(engine.score([a, b], [[0, 1]])).toEqual([score]);
          expect(engine.score([b, a], [[0, 1]])).toEqual([score]);
          expect(engine.score([a, b], [[1, 0]])).toEqual([score]);
        }
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  it('keeps apart what a human has parted, and together what a human has joined, whatever the records say', () => {
    const decided = drawnRecords.chain((list) => {
      const name = fc.constantFrom(...list.map(({ record }) => record));
      const decision = fc.record({ a: name, b: name, verdict }).filter(({ a, b }) => a !== b);
      return fc.tuple(fc.constant(list), fc.array(decision, { maxLength: 6 }), fc.shuffledSubarray(list, { minLength: list.length }));
    });
    fc.assert(
      fc.property(decided, ([list, decisions, other]) => {
        const { clusters } = link(list, decisions);
        const clusterOf = new Map(clusters.flatMap(({ records }) => records.map((record) => [record, records[0]] as const)));
        for (const { a, b, verdict: said } of decisions) if (said === 'DIFFERENT') expect(clusterOf.get(a)).not.toBe(clusterOf.get(b));
        if (decisions.every(({ verdict: said }) => said === 'SAME'))
          for (const { a, b } of decisions) expect(clusterOf.get(a)).toBe(clusterOf.get(b));
        expect(link(other, decisions).clusters.map(({ records }) => records)).toEqual(clusters.map(({ records }) => records));
      }),
      { seed: 4, numRuns: 400 },
    );
  });

  it('holds two valid ids of one scheme only where the register has exchanged one for the other', () => {
    fc.assert(
      fc.property(drawnRecords, (list) => {
        const byName = new Map(list.map((one) => [one.record, one]));
        for (const { records } of link(list).clusters) {
          const members = records.map((record) => byName.get(record) as LinkRecord);
          const valid = new Set(members.flatMap(({ ids }) => ids.filter((id) => id.valid).map(({ mac }) => mac)));
          if (valid.size < 2) continue;
          const entries = list.filter(({ source, ids }) => source === 'registry' && ids.some(({ mac }) => valid.has(mac)));
          const alike = Map.groupBy(entries, ({ givenName, familyName, birth, motherMac }) =>
            JSON.stringify([givenName, familyName, birth, motherMac]),
          );
          expect([...alike.values()].some((same) => new Set(same.flatMap(({ ids }) => ids.map(({ mac }) => mac))).size > 1)).toBe(true);
        }
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('never holds two entries of the register with two names or days', () => {
    fc.assert(
      fc.property(drawnRecords, (list) => {
        const byName = new Map(list.map((one) => [one.record, one]));
        for (const { records } of link(list).clusters) {
          const entries = records.map((record) => byName.get(record) as LinkRecord).filter(({ source }) => source === 'registry');
          if (entries.length < 2) continue;
          const ids = new Set(entries.map((one) => one.ids.find(({ valid }) => valid)?.mac));
          if (ids.size === 1) expect(ids).not.toContain(undefined);
          else expect(new Set(entries.map(({ givenName, birth }) => JSON.stringify([givenName, birth]))).size).toBe(1);
        }
      }),
      { seed: 6, numRuns: 500 },
    );
  });

  it('never links twins, whichever of them have an id or are registered, in either alphabet', () => {
    const side = fc.record({
      kind: fc.constantFrom('population' as const, 'school-roll' as const, 'assistance' as const, 'visits' as const),
      hasId: fc.boolean(),
      isYearOnly: fc.boolean(),
      mother: fc.constantFrom('m1', null),
    });
    const names = fc.constantFrom(
      ['Иван', 'Петър'],
      ['Мария', 'Елена'],
      ['Мария', 'Марина'],
      ['Иван', 'Ивана'],
      ['Милен', 'Милан'],
      ['Ivan', 'Елена'],
      ['Христо', 'Христо-Боян'],
    );
    fc.assert(
      fc.property(side, side, names, fc.constantFrom('ул. Бреза 9', null), (left, right, [one, other], address) => {
        const twin = (said: typeof left, givenName: string, id: string) =>
          linkRecord({
            kind: said.kind,
            ...(said.hasId ? { id } : {}),
            givenName,
            patronymic: 'Стоянов',
            familyName: 'Петров',
            born: said.isYearOnly && said.kind !== 'population' ? '2014' : '2014-05-06',
            addresses: address ? [address] : [],
            motherMac: said.mother,
            municipality: 'SOF46',
          });
        const list = [twin(left, one as string, 'a1'), twin(right, other as string, 'b2')];
        if (one === 'Христо' && !(left.hasId && right.hasId)) return;
        expect(link(list).clusters).toHaveLength(2);
      }),
      { seed: 7, numRuns: 600 },
    );
  });

  it('refuses a model of another normaliser or schema', () => {
    expect(() => childEngine({ ...SHIPPED_MODEL, normaliser: 'n0' })).toThrow(/n0/);
    const short = childEngine({ ...SHIPPED_MODEL, fields: SHIPPED_MODEL.fields.slice(1) });
    const two = [linkRecord({ kind: 'visits' }), linkRecord({ kind: 'visits' })];
    expect(() => short.score(two, [[0, 1]])).toThrow(RangeError);
  });
});
