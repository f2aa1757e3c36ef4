import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pg } from '../../src/db/sql.ts';
import { type DecideRequest, decidePair, recordGoldAnswer } from '../../src/domains/children/review-decide.ts';
import { listQuestions } from '../../src/domains/children/review-list.ts';
import { loadReviewQuality } from '../../src/domains/children/review-quality.ts';
import { revokePair } from '../../src/domains/children/review-revoke.ts';
import { areTwoPersons, localReviewer, reviewerOf } from '../../src/domains/children/reviewer.ts';
import type { Caller } from '../../src/exchange/context.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let admin: pg.Client;
const rows = async <R extends object>(text: string, values: unknown[] = []): Promise<R[]> => (await admin.query(text, values)).rows as R[];
const [elena, petar, rumen] = ['Elena', 'Petar', 'Rumen'].map(localReviewer) as [
  ReturnType<typeof localReviewer>,
  ReturnType<typeof localReviewer>,
  ReturnType<typeof localReviewer>,
];

let line = 0;
/** A record of a child of its own, or of a child that is there. */
async function record(
  given: string,
  options: { child?: string; id?: string; civil?: boolean } = {},
): Promise<{ record: string; child: string }> {
  line += 1;
  const [made] = await rows<{ record: string }>(
    `insert into hub.source_record (kind, supplier, delivery_id, file_name, line, content_mac, occurrence, natural_mac)
     select 'visits', 'test', delivery_id, 'visits', $1, sha256($2::bytea), 1, sha256($2::bytea) from hub.delivery limit 1 returning record_id::text as record`,
    [line, `record ${line}`],
  );
  const number = made?.record as string;
  const child =
    options.child ??
    ((await rows<{ child: string }>("insert into hub.child (country) values ('BG') returning child_id::text as child"))[0]
      ?.child as string);
  await rows(
    "insert into hub.link_feature (record_id, source, country, given_name, family_name, birth_year, birth_month, birth_day) values ($1, 'outreach', 'BG', $2, 'Колева', 2014, 5, 6)",
    [number, given],
  );
  await rows('insert into hub.membership (record_id, child_id, event_id) select $1, $2, event_id from hub.identity_event limit 1', [
    number,
    child,
  ]);
  if (options.id)
    await rows(
      "insert into hub.child_identifier (child_id, record_id, scheme, value_enc, mac, ending, is_valid) values ($1, $2, 'EGN', '', sha256($3::bytea), '0000', true)",
      [child, number, options.id],
    );
  if (options.civil) await rows('insert into registry.person (child_id, record_id) values ($1, $2)', [child, number]);
  return { record: number, child };
}
async function pair(one: Parameters<typeof record>[1] = {}, other: Parameters<typeof record>[1] = {}) {
  const [a, b] = [await record('Таня', one), await record('Таня', other)];
  await rows("insert into hub.review_pair (a, b, weight, reason, value, model_id) values ($1, $2, 1.5, 'WEAK', 1, 'm')", [
    a.record,
    b.record,
  ]);
  return { a, b };
}
const within = <T>(work: Parameters<typeof database.db.transaction<T>>[1]) => database.db.transaction('intake', work);
const decide = (between: { a: { record: string }; b: { record: string } }, changes: Partial<DecideRequest> = {}) =>
  within((sql) =>
    decidePair(sql, { a: between.a.record, b: between.b.record, verdict: 'SAME', reason: 'same mother', reviewer: elena, ...changes }),
  );
const standing = () =>
  rows<{ a: string; b: string; verdict: string }>(
    'select a::text as a, b::text as b, verdict from hub.standing_decision order by decision_id',
  );
const queue = async (reviewer = elena) =>
  (await within((sql) => listQuestions(sql, { first: 100, reviewer, gold: false }))).map(({ a, b }) => [a, b]);
const code = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { code?: string }) => error.code,
  );

beforeAll(async () => {
  database = await createTestDatabase({ size: 3 });
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await rows("insert into hub.delivery (kind, supplier, file_name, sha256) values ('visits', 'test', 'visits', '')");
  await rows("insert into hub.identity_event (kind, actor, engine, evidence) values ('link', 'test', 'test', '{}')");
});
afterAll(async () => {
  await admin?.end();
  await database?.drop();
});

describe('one person', () => {
  it('decides where nothing grave hangs on it: in force at once, and asked of nobody any more', async () => {
    const tanya = await pair();
    expect(await queue()).toHaveLength(1);
    expect(await decide(tanya)).toMatchObject({ state: 'IN_FORCE' });
    expect(await standing()).toEqual([{ a: tanya.a.record, b: tanya.b.record, verdict: 'SAME' }]);
    expect([await queue(), await queue(petar)]).toEqual([[], []]);
    expect(await code(decide(tanya, { verdict: 'DIFFERENT', reviewer: petar }))).toBe('CONFLICT');
    await within((sql) => revokePair(sql, { a: tanya.b.record, b: tanya.a.record, reviewer: petar, reason: 'two mothers' }));
    expect(await standing()).toEqual([]);
    expect(await queue()).toHaveLength(1);
    expect(await code(within((sql) => revokePair(sql, { a: tanya.a.record, b: tanya.b.record, reviewer: petar, reason: 'again' })))).toBe(
      'NOT_FOUND',
    );
    expect(await rows('select revoked_by, revoked_reason from hub.pair_decision where a = $1', [tanya.a.record])).toEqual([
      { revoked_by: petar.id, revoked_reason: 'two mothers' },
    ]);
    await decide(tanya);
  });

  it('who is unsure leaves a pair to others, and may still find out', async () => {
    const lost = await pair();
    expect(await decide(lost, { verdict: 'UNSURE' })).toMatchObject({ state: 'UNSURE' });
    expect([(await queue()).length, (await queue(petar)).length]).toEqual([0, 1]);
    expect(await decide(lost, { verdict: 'DIFFERENT' })).toMatchObject({ state: 'IN_FORCE' });
  });

  it('names two linked records and says why', async () => {
    const { a, b } = await pair();
    expect(await code(decide({ a, b: a }))).toBe('BAD_USER_INPUT');
    expect(await code(decide({ a, b: { record: '99999' } }))).toBe('BAD_USER_INPUT');
    expect(await code(decide({ a, b: { record: "1' or true" } }))).toBe('BAD_USER_INPUT');
    expect(await code(decide({ a, b }, { reason: '  ' }))).toBe('BAD_USER_INPUT');
    expect(await code(decide({ a, b }, { second: true }))).toBe('CONFLICT');
    await decide({ a, b });
  });
});

describe('two persons', () => {
  const grave: [string, () => Promise<Awaited<ReturnType<typeof pair>>>][] = [
    [
      'an open case',
      async () => {
        const made = await pair();
        await rows(
          "insert into tracing.tracing_case (child_id, reference, kind, state, opened_on, opened_by) values ($1, $2, 'TRACING', 'LISTED', current_date, 'x')",
          [made.a.child, `TC-${line}`],
        );
        return made;
      },
    ],
    [
      'a benefit in force',
      async () => {
        const made = await pair();
        await rows('insert into assistance.entitlement (child_id, record_id, granted_from) values ($1, $2, current_date - 9)', [
          made.b.child,
          made.b.record,
        ]);
        return made;
      },
    ],
    [
      'a child kept safe',
      async () => {
        const made = await pair();
        await rows("insert into consent.safeguarding_event (child_id, effect, raised_by) values ($1, 'RAISED', 'x')", [made.b.child]);
        return made;
      },
    ],
    ['two valid ids', () => pair({ id: `one ${line}` }, { id: `other ${line}` })],
    ['two civil records', () => pair({ civil: true }, { civil: true })],
  ];

  it.each(grave)('are needed for %s', async (_, make) => {
    const made = await make();
    const [question] = await within((sql) => listQuestions(sql, { first: 1, reviewer: elena, gold: false }));
    expect(question).toMatchObject({ twoPersons: true, waits: false });
    expect(await decide(made)).toMatchObject({ state: 'WAITING' });
    expect((await standing()).some(({ a }) => a === made.a.record)).toBe(false);
    expect(await code(decide(made))).toBe('CONFLICT');
    expect(await code(decide(made, { second: true }))).toBe('CONFLICT');
    expect([(await queue()).length, (await queue(petar)).length]).toEqual([0, 1]);
    expect(await decide(made, { reviewer: petar, second: true })).toMatchObject({ state: 'IN_FORCE' });
    expect((await standing()).at(-1)).toEqual({ a: made.a.record, b: made.b.record, verdict: 'SAME' });
    expect(await queue(rumen)).toEqual([]);
  });

  it('who disagree leave it to a third, whose word decides', async () => {
    const made = await pair({ civil: true }, { civil: true });
    await decide(made);
    expect(await decide(made, { reviewer: petar, verdict: 'DIFFERENT' })).toMatchObject({ state: 'CONTESTED' });
    expect((await standing()).some(({ a }) => a === made.a.record)).toBe(false);
    expect([(await queue()).length, (await queue(petar)).length, (await queue(rumen)).length]).toEqual([0, 0, 1]);
    expect(await decide(made, { reviewer: rumen, verdict: 'DIFFERENT' })).toMatchObject({ state: 'IN_FORCE' });
    expect((await standing()).at(-1)).toMatchObject({ a: made.a.record, verdict: 'DIFFERENT' });
    await within((sql) => revokePair(sql, { a: made.a.record, b: made.b.record, reviewer: elena, reason: 'wrong after all' }));
    expect((await standing()).some(({ a }) => a === made.a.record)).toBe(false);
    await decide(made, { reviewer: localReviewer('Ana') });
  });

  it('are told apart by agency and name; a token that names nobody may be anybody’s of its agency', () => {
    const caller = (agency: string, actor: string | null) =>
      reviewerOf({ agency: { id: agency, name: agency }, actor } as unknown as Caller).id;
    expect(areTwoPersons(caller('sofia', 'e'), caller('sofia', 'p'))).toBe(true);
    expect(areTwoPersons(caller('sofia', 'e'), caller('sofia', 'e'))).toBe(false);
    expect(areTwoPersons(caller('sofia', null), caller('sofia', 'p'))).toBe(false);
    expect(areTwoPersons(caller('sofia', null), caller('sofia', null))).toBe(false);
    expect(areTwoPersons(caller('sofia', 'e'), caller('plovdiv', 'e'))).toBe(true);
    expect(areTwoPersons(caller('so/fia', null), caller('so', 'fia'))).toBe(true);
    expect(localReviewer(' Elena ').id).toBe(localReviewer('elena').id);
  });
});

describe('gold questions', () => {
  let gold: { a: { record: string; child: string }; b: { record: string; child: string } };
  beforeAll(async () => {
    const a = await record('Мила', { id: 'mila' });
    gold = { a, b: await record('Мила', { id: 'mila', child: a.child }) };
    const [guardian] = await rows<{ guardian_id: string }>("insert into consent.guardian (name) values ('Майка') returning guardian_id");
    const sister = await record('Рая', { id: 'raya' });
    for (const child of [a.child, sister.child])
      await rows(
        "insert into consent.authority_event (guardian_id, child_id, effect, ground) values ($1, $2, 'GAINED', 'REGISTER_PARENT')",
        [guardian?.guardian_id, child],
      );
  });
  const answer = (changes: Partial<DecideRequest> = {}, between: { a: string; b: string } = { a: gold.a.record, b: gold.b.record }) =>
    within((sql) => recordGoldAnswer(sql, { ...between, verdict: 'SAME', reason: 'same name', reviewer: elena, ...changes }));

  it('are one child’s records under one id, or a brother’s and sister’s under two', async () => {
    const known = await rows<{ a: string; verdict: string }>('select a::text as a, verdict from hub.gold_pair order by verdict, b');
    expect(known.map(({ verdict }) => verdict)).toEqual(['DIFFERENT', 'DIFFERENT', 'SAME']);
    expect(known[2]?.a).toBe(gold.a.record);
  });

  it('link and part nothing, whatever is answered, and measure who answers', async () => {
    const before = await standing();
    const waiting = await rows('select * from hub.link_waiting order by record_id');
    expect(await answer({ verdict: 'DIFFERENT' })).toMatchObject({ state: 'GOLD', grave: false });
    expect(await answer({ reviewer: petar })).toMatchObject({ state: 'GOLD' });
    const [sisters] = await rows<{ a: string; b: string }>(
      "select a::text as a, b::text as b from hub.gold_pair where verdict = 'DIFFERENT' limit 1",
    );
    await answer({ verdict: 'DIFFERENT' }, sisters);
    await answer({ verdict: 'UNSURE', reviewer: petar }, sisters);
    expect(await standing()).toEqual(before);
    expect(await rows('select * from hub.link_waiting order by record_id')).toEqual(waiting);
    expect(await code(answer({ verdict: 'SAME' }))).toBe('CONFLICT');
    expect(await code(answer({}, await pair().then(({ a, b }) => ({ a: a.record, b: b.record }))))).toBe('NOT_FOUND');
    const { reviewers, agreements } = await within(loadReviewQuality);
    expect(reviewers).toEqual([
      { reviewer: elena.id, count: 2, right: 1, unsure: 0, share: 0.5 },
      { reviewer: petar.id, count: 2, right: 1, unsure: 1, share: 0.5 },
    ]);
    const both = agreements.find(({ reviewers: two }) => two.join() === `${elena.id},${petar.id}`);
    // Five seconded, one contested, two gold ones.
    expect(both).toMatchObject({ count: 8, observed: 5 / 8 });
    expect(both?.kappa).toBeLessThan(5 / 8);
  });
});
