import type { Pool, PoolClient } from 'pg';
import type { Sql } from './sql.ts';

/** What the first statement of a session reads, in the snapshot of everything after it. */
export interface Snapshot {
  now: Date;
  policyEpoch: string;
  consentEpoch: string;
}

const MAX_NAMED = 500;
const names = new Map<string, string>();
/** Prepared once a connection; texts come from shapes and field lists, so their number is bounded here too. */
function nameOf(text: string): string | undefined {
  let name = names.get(text);
  if (!name && names.size < MAX_NAMED) {
    name = `q${names.size}`;
    names.set(text, name);
  }
  return name;
}

const EPOCHS = 'select clock_timestamp() as now, policy_epoch, consent_epoch from hub.epoch';
const settled = () => undefined;
const quoted = (role: string) => `"${role.replaceAll('"', '""')}"`;

/**
 * One request's connection: one transaction, under one role at a time, begun with the first statement.
 * A read session is `repeatable read read only`: data, consent and epochs come from one snapshot, and nothing can be written.
 */
export class Session {
  readonly #pool: Pool;
  #mode: 'read' | 'write';
  #role: string;
  #client: Promise<PoolClient> | null = null;
  #snapshot: Snapshot | null = null;
  #ended = false;
  #last: Promise<void> = Promise.resolve();
  /** Statements sent, for the tests that compare two worlds. */
  statements = 0;

  constructor(pool: Pool, role: string, mode: 'read' | 'write') {
    this.#pool = pool;
    this.#role = role;
    this.#mode = mode;
  }

  /** Makes a session that has not begun a writing one. @throws Error when it has begun. */
  allowWrites(): void {
    if (this.#client) throw new Error('the session has begun');
    this.#mode = 'write';
  }

  async #begin(): Promise<PoolClient> {
    if (this.#ended) throw new Error('the session has ended');
    const client = await this.#pool.connect();
    try {
      const level = this.#mode === 'read' ? 'isolation level repeatable read read only' : 'isolation level read committed';
      const results = (await client.query(`begin ${level}; set local role ${quoted(this.#role)}; ${EPOCHS}`)) as unknown as {
        rows: { now: Date; policy_epoch: string; consent_epoch: string }[];
      }[];
      const row = results[2]?.rows[0];
      if (!row) throw new Error('hub.epoch is empty');
      this.#snapshot = { now: row.now, policyEpoch: row.policy_epoch, consentEpoch: row.consent_epoch };
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  #open(): Promise<PoolClient> {
    this.#client ??= this.#begin();
    return this.#client;
  }

  /** Database time and epochs of this session's snapshot. */
  async snapshot(): Promise<Snapshot> {
    await this.#open();
    return this.#snapshot as Snapshot;
  }

  /** Inside a write session: what was written a moment ago counts from now on. */
  async renew(): Promise<void> {
    const [row] = await this.query<{ now: Date; policy_epoch: string; consent_epoch: string }>(EPOCHS);
    if (!row) throw new Error('hub.epoch is empty');
    this.#snapshot = { now: row.now, policyEpoch: row.policy_epoch, consentEpoch: row.consent_epoch };
  }

  /** One statement with bound values. */
  async query<R extends object = Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    const client = await this.#open();
    this.statements += 1;
    // One connection speaks one statement at a time: the next waits here, not inside the driver.
    const result = this.#last.then(() => client.query<R>({ name: nameOf(text), text, values: values as unknown[] }));
    this.#last = result.then(settled, settled);
    return (await result).rows;
  }

  /** One statement under another role, with nothing of this session's between: fields that are read side by side keep theirs. */
  async queryAs<R extends object = Record<string, unknown>>(role: string, text: string, values: readonly unknown[] = []): Promise<R[]> {
    const client = await this.#open();
    this.statements += 1;
    const result = this.#last.then(async () => {
      await client.query(`set local role ${quoted(role)}`);
      try {
        return await client.query<R>(text, values as unknown[]);
      } finally {
        // After a failed statement this one fails too, and so does all that would come after it.
        await client.query(`set local role ${quoted(this.#role)}`).catch(settled);
      }
    });
    this.#last = result.then(settled, settled);
    return (await result).rows;
  }

  /** This session as work that is written for a transaction of its own takes one: statements go through as they are. */
  asSql(): Sql {
    return {
      query: async (text, values) => {
        const client = await this.#open();
        this.statements += 1;
        const result = this.#last.then(() => client.query(text, values as unknown[]));
        this.#last = result.then(settled, settled);
        return (await result) as never;
      },
    };
  }

  /** Does some work under another role, then goes back: a mutation writes as transactor and reads its answer as the view's role. */
  async as<T>(role: string, work: () => Promise<T>): Promise<T> {
    const client = await this.#open();
    const before = this.#role;
    await this.#last;
    await client.query(`set local role ${quoted(role)}`);
    this.#role = role;
    try {
      return await work();
    } finally {
      await this.#last;
      // After a failed statement this one fails too, and so does all that would come after it.
      await client.query(`set local role ${quoted(before)}`).catch(settled);
      this.#role = before;
    }
  }

  async #end(how: 'commit' | 'rollback'): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    if (!this.#client) return;
    const client = await this.#client.catch(() => null);
    if (!client) return;
    try {
      await this.#last;
      await client.query(how);
      client.release();
    } catch (error) {
      client.release(true);
      if (how === 'commit') throw error;
    }
  }

  /** Makes a write session's work durable. @throws when it could not be. */
  commit(): Promise<void> {
    return this.#end('commit');
  }

  /** Ends the session without keeping anything; does nothing after `commit`. */
  close(): Promise<void> {
    return this.#end('rollback');
  }
}
