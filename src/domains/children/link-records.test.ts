import { expect, test } from 'vitest';
import { withDatabase } from '../../../tests/support/database.ts';
import { linkRecords } from './link-records.ts';

test('more records than can be compared at once stay taken in, and are linked once they fit', () =>
  withDatabase(async ({ db }) => {
    await db.transaction('intake', async (sql) => {
      const { rows } = await sql.query<{ delivery_id: string }>(
        "insert into hub.delivery (kind, supplier, file_name, sha256) values ('population', 'x', 'f', '\\x00') returning delivery_id",
      );
      for (const [line, name] of [
        [2, 'Мария'],
        [3, 'Анна'],
      ] as const) {
        const record = await sql.query<{ record_id: string }>(
          "insert into hub.source_record (kind, supplier, delivery_id, file_name, line, content_mac, occurrence, natural_mac) values ('population', 'x', $1, 'f', $2, $3, 1, $3) returning record_id",
          [rows[0]?.delivery_id, line, Buffer.from([line])],
        );
        const number = record.rows[0]?.record_id;
        await sql.query("insert into hub.link_feature (record_id, source, country, given_name) values ($1, 'registry', 'BG', $2)", [
          number,
          name,
        ]);
        await sql.query('insert into registry.person (record_id, given_name) values ($1, $2)', [number, name]);
      }
    });
    await expect(linkRecords(db, 'test', undefined, 1)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const report = await linkRecords(db, 'test', undefined, 2);
    expect([report.records, report.childrenCreated]).toEqual([2, 2]);
  }));
