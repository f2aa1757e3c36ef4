import { pg } from '../../src/db/sql.ts';
import { CHILDREN, PUPILS, SCHOOL } from './scene.ts';

/** Fills a migrated database with children whose values follow from their numbers: the same in every run. */
export async function fill(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`
      set session_replication_role = replica;
      insert into hub.delivery (kind, supplier, file_name, sha256) overriding system value values ('school-roll', 'bench', 'bench', '\\x00');
      insert into hub.child (child_id, country, given_name, patronymic, family_name, birth_date, birth_year, sex, settlement, municipality, current_address)
        select n, 'BG', 'Име' || n % 97, 'Бащино' || n % 89, 'Фамилия' || n % 211, make_date(2010 + n % 10, 1 + n % 12, 1 + n % 28), 2010 + n % 10, case n % 2 when 0 then 'M' else 'F' end,
          '68134', 'SOF46', 'ул. Роза ' || n % 300 from generate_series(1, ${CHILDREN}) n;
      insert into school.enrolment (child_id, record_id, school_year, school_id, status, enrolled_on)
        select n, n * 10 + y, 2024 + y, case when n <= ${PUPILS} then '${SCHOOL}' else (2200002 + n % 40)::text end, 'ENROLLED', make_date(2024 + y, 9, 15) from generate_series(1, ${CHILDREN}) n, generate_series(0, 2) y;
      insert into school.absence_month (child_id, record_id, year, month, school_id, hours_effective, days_effective, over_threshold)
        select n, n * 10 + m, 2026, 8 + m, '${SCHOOL}', n % 11, 0, n % 11 > 5 from generate_series(1, ${CHILDREN}) n, generate_series(1, 3) m;
      insert into assistance.parent_abroad_notice (child_id, record_id, notified_on, carer_named) select n, n * 10, '2026-03-01', n % 2 = 0 from generate_series(1, ${CHILDREN}) n where n % 3 = 0;
      insert into hub.agency (agency_id, kind, name, country, school_ids) values ('bench-school', 'school', 'Bench', 'BG', '{${SCHOOL}}');
      insert into consent.safeguarding_event (child_id, effect, raised_by) select n, 'RAISED', 'bench' from generate_series(1, ${PUPILS}, 200) n;
      analyze;`);
  } finally {
    await admin.end();
  }
}
