import type { Db } from '../../src/db/db.ts';

/** Answers every open question as the truth has it, as two persons of one mind would. @returns how many. */
export async function answerReview(db: Db, childOf: (record: string) => string | undefined): Promise<number> {
  return db.transaction('intake', async (sql) => {
    const { rows } = await sql.query<{ a: string; b: string; left: string; right: string }>(
      `select p.a::text, p.b::text, ra.kind || ':' || ra.file_name || ':' || ra.line as left, rb.kind || ':' || rb.file_name || ':' || rb.line as right
       from hub.review_pair p join hub.source_record ra on ra.record_id = p.a join hub.source_record rb on rb.record_id = p.b where p.closed_at is null order by p.value desc, p.a, p.b`,
    );
    for (const { a, b, left, right } of rows) {
      const same = childOf(left) !== undefined && childOf(left) === childOf(right);
      await sql.query(
        `insert into hub.pair_decision (a, b, verdict, actor, reason) values ($1, $2, $3, 'truth', 'the truth of this place')`,
        [a, b, same ? 'SAME' : 'DIFFERENT'],
      );
    }
    return rows.length;
  });
}
