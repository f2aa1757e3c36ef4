import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster, LinkRecord } from './engine.ts';
import { deterministicEngine } from './deterministic-engine.ts';

const GIVEN = ['Ана', 'Ivan', 'Иван', 'Мария', 'Mariya', 'Петър', 'Георги', 'Жоро', 'Елена'];
const FAMILY = ['Петров', 'Петрова', 'Petrov', 'Иванова', 'Иванов-Петров', 'Димитров'];
const PATRONYMIC = [null, 'Стоянов', 'Стоянова', 'Иванов'];
const KINDS = [
  ['population', 'registry'],
  ['school-roll', 'school'],
  ['assistance', 'assistance'],
  ['visits', 'outreach'],
] as const;

/** A record of few names, dates and ids, so that much agrees by chance. */
const record = fc.record({
  kind: fc.constantFrom(...KINDS),
  id: fc.option(fc.record({ mac: fc.constantFrom('a1', 'b2', 'c3', 'd4'), valid: fc.boolean() }), { freq: 2 }),
  givenName: fc.constantFrom(...GIVEN),
  patronymic: fc.constantFrom(...PATRONYMIC),
  familyName: fc.constantFrom(...FAMILY),
  birth: fc.option(fc.record({ year: fc.constantFrom(2013, 2014), month: fc.constantFrom(null, 3, 4), day: fc.constantFrom(3, 4) })),
  sex: fc.constantFrom('M', 'F', null),
  mother: fc.constantFrom('m1', 'm2', null),
});
interface Drawn {
  readonly kind: (typeof KINDS)[number];
  readonly id?: { readonly mac: string; readonly valid: boolean } | null;
  readonly givenName?: string;
  readonly patronymic?: string | null;
  readonly familyName?: string;
  readonly birth?: LinkRecord['birth'];
  readonly sex?: string | null;
  readonly mother?: string | null;
}

function recordOf(drawn: Drawn, index: number): LinkRecord {
  const [kind, source] = drawn.kind;
  const registered = source === 'registry';
  const birth = drawn.birth ?? null;
  return {
    record: String(index + 1),
    kind,
    source,
    country: 'BG',
    ids: drawn.id ? [{ scheme: 'EGN', ...drawn.id, birth: null, sex: null, corrections: [] }] : [],
    givenName: drawn.givenName ?? null,
    patronymic: drawn.patronymic ?? null,
    familyName: drawn.familyName ?? null,
    birth: birth && { ...birth, day: birth.month === null ? null : birth.day },
    sex: drawn.sex ?? null,
    settlement: registered ? '68134' : null,
    settlementText: registered ? null : 'гр. София',
    municipality: 'SOF46',
    schoolId: source === 'school' ? 'S1' : null,
    addresses: [],
    motherName: null,
    motherMac: registered ? (drawn.mother ?? null) : null,
    fatherMac: null,
    guardianMac: source === 'assistance' ? (drawn.mother ?? null) : null,
  };
}
const records = fc.array(record, { minLength: 2, maxLength: 14 }).map((list) => list.map(recordOf));
const partition = (clusters: readonly Cluster[]) => clusters.map((cluster) => [...cluster.records].sort().join(' ')).sort();
const together = (clusters: readonly Cluster[], a: string, b: string) =>
  clusters.some((cluster) => cluster.records.includes(a) && cluster.records.includes(b));

describe('the engine', () => {
  it('gives the same children and the same links in whatever order the records come', () => {
    fc.assert(
      fc.property(
        records.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(deterministicEngine.cluster(shuffled, { cannotLink: [] })).toEqual(deterministicEngine.cluster(list, { cannotLink: [] }));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('puts every record into exactly one cluster, held together by its links', () => {
    fc.assert(
      fc.property(records, (list) => {
        const clusters = deterministicEngine.cluster(list, { cannotLink: [] });
        expect(clusters.flatMap((cluster) => cluster.records).sort()).toEqual(list.map((one) => one.record).sort());
        for (const { records: members, links } of clusters) expect(links).toHaveLength(members.length - 1);
        for (const { rule } of clusters.flatMap((cluster) => cluster.links)) expect(rule).not.toBe('');
      }),
      { numRuns: 200 },
    );
  });

  it('keeps apart what a human has parted', () => {
    fc.assert(
      fc.property(
        records.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.array(
              fc.shuffledSubarray(
                list.map((one) => one.record),
                { minLength: 2, maxLength: 2 },
              ),
              { maxLength: 6 },
            ),
          ),
        ),
        ([list, pairs]) => {
          const cannotLink = pairs.map(([a, b]) => [a, b] as [string, string]);
          const clusters = deterministicEngine.cluster(list, { cannotLink });
          for (const [a, b] of cannotLink) expect(together(clusters, a, b)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never holds two valid ids of one scheme, unless the register gives one of them to another child', () => {
    fc.assert(
      fc.property(records, (list) => {
        const byRecord = new Map(list.map((one) => [one.record, one]));
        for (const cluster of deterministicEngine.cluster(list, { cannotLink: [] })) {
          const members = cluster.records.map((one) => byRecord.get(one) as LinkRecord);
          const valid = new Set(members.flatMap(({ ids }) => ids.filter((id) => id.valid).map(({ mac }) => mac)));
          const elsewhere = list.filter(({ record: one, source }) => source === 'registry' && !cluster.records.includes(one));
          const own = [...valid].filter((mac) => !elsewhere.some(({ ids }) => ids.some((id) => id.valid && id.mac === mac)));
          expect(valid.size - own.length > 0 ? own.length : valid.size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never holds two register entries without a common id', () => {
    fc.assert(
      fc.property(records, (list) => {
        const byRecord = new Map(list.map((one) => [one.record, one]));
        for (const cluster of deterministicEngine.cluster(list, { cannotLink: [] })) {
          const entries = cluster.records.map((one) => byRecord.get(one) as LinkRecord).filter(({ source }) => source === 'registry');
          if (entries.length > 1) expect(new Set(entries.map(({ ids }) => ids[0]?.mac)).size).toBe(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never links twins, whichever of them have an id or are registered', () => {
    const side = fc.record({ kind: fc.constantFrom(...KINDS), hasId: fc.boolean(), mother: fc.constantFrom('m1', null) });
    const names = fc.constantFrom(['Иван', 'Петър'], ['Мария', 'Елена'], ['Ана', 'Георги'], ['Ivan', 'Елена']);
    fc.assert(
      fc.property(side, side, names, (left, right, [one, other]) => {
        const birth = { year: 2014, month: 5, day: 6 };
        const twin = (s: typeof left, givenName: string, mac: string, index: number) =>
          recordOf(
            {
              kind: s.kind,
              id: s.hasId ? { mac, valid: true } : null,
              givenName,
              patronymic: 'Стоянов',
              familyName: 'Петров',
              birth,
              sex: null,
              mother: s.mother,
            },
            index,
          );
        const list = [twin(left, one as string, 'a1', 0), twin(right, other as string, 'b2', 1)];
        expect(together(deterministicEngine.cluster(list, { cannotLink: [] }), '1', '2')).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("does not link by an id where given name and birth date both disagree: it is a sibling's", () => {
    const [boyan, ivan] = [
      recordOf(
        {
          kind: KINDS[0],
          id: { mac: 'a1', valid: true },
          givenName: 'Боян',
          familyName: 'Петров',
          birth: { year: 2011, month: 2, day: 3 },
        },
        0,
      ),
      recordOf(
        {
          kind: KINDS[1],
          id: { mac: 'a1', valid: true },
          givenName: 'Иван',
          familyName: 'Петров',
          birth: { year: 2014, month: 5, day: 6 },
        },
        1,
      ),
    ];
    expect(partition(deterministicEngine.cluster([boyan, ivan], { cannotLink: [] }))).toEqual(['1', '2']);
  });
});
