import DataLoader from 'dataloader';
import type { Session } from '../db/session.ts';
import type { IsoDate } from '../kernel/brands.ts';
import { addYears } from '../kernel/dates.ts';
import type { ChildFacts } from '../policy/settle.ts';

interface FactRow {
  child_id: string;
  fact: 'SAFEGUARDING' | 'AUTHORIZATION' | 'AUTHORITY';
  guardian_id: string | null;
  effect: string;
  categories: string[] | null;
  recipients: string[] | null;
  valid_from: Date;
  valid_to: Date | null;
  birth_date: IsoDate | null;
}

const FACTS = 'select * from consent.facts($1::bigint[], $2)';

/** The facts of the children that a request meets: one look-up per set of children, in the snapshot of the data. */
export class Facts {
  readonly #session: Session;
  readonly #purpose: string;
  readonly #loader: DataLoader<string, ChildFacts | undefined>;
  readonly #known = new Map<string, ChildFacts | undefined>();

  constructor(session: Session, purpose: string) {
    this.#session = session;
    this.#purpose = purpose;
    this.#loader = new DataLoader((ids) => this.#batch(ids), { maxBatchSize: 1000 });
  }

  async #batch(ids: readonly string[]): Promise<(ChildFacts | undefined)[]> {
    const rows = await this.#session.query<FactRow>(FACTS, [ids, this.#purpose]);
    const byChild = Map.groupBy(rows, (row) => row.child_id);
    return ids.map((id) => {
      const own = byChild.get(id);
      const facts = own && factsOf(own);
      this.#known.set(id, facts);
      return facts;
    });
  }

  /** Looks up what is not known yet; afterwards `of` answers for these children. */
  async meet(ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => !this.#known.has(id));
    if (unknown.length > 0) await Promise.all(unknown.map((id) => this.#loader.load(id)));
  }

  /** A mutation has written: what was known may be so no longer. */
  forget(): void {
    this.#known.clear();
    this.#loader.clearAll();
  }

  /** Facts of a child met before; undefined when there are none. */
  of(id: string): ChildFacts | undefined {
    return this.#known.get(id);
  }
}

/** Of age at 18 in both countries (Persons and Family Act, art. 2; Romanian Civil Code, art. 38). */
const MAJORITY = 18;

function factsOf(rows: readonly FactRow[]): ChildFacts {
  const born = rows.find((row) => row.birth_date !== null)?.birth_date;
  const guardianOf = (row: FactRow) => ({
    guardian: row.guardian_id as string,
    effect: row.effect,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  });
  return {
    safeguarded: rows.some((row) => row.fact === 'SAFEGUARDING'),
    authorizations: rows
      .filter((row) => row.fact === 'AUTHORIZATION')
      .map((row) => ({ ...guardianOf(row), categories: row.categories ?? [], recipients: row.recipients ?? [] })),
    authorities: rows.filter((row) => row.fact === 'AUTHORITY').map(guardianOf),
    comesOfAge: born ? new Date(`${addYears(born, MAJORITY)}T00:00:00Z`) : null,
  } as ChildFacts;
}
