import type { Db } from '../db/db.ts';
import type { Session, Snapshot } from '../db/session.ts';
import type { Sql } from '../db/sql.ts';
import type { Vault } from '../db/vault.ts';
import type { ViewPlan } from '../policy/view-plan.ts';
import type { Caller, Exchange, Transactor } from './context.ts';
import { DecisionLog } from './decision-log.ts';
import { Facts } from './facts.ts';
import { Loading } from './load.ts';
import { OpaqueIds } from './opaque-id.ts';

const MAX_KEPT = 200_000;
const subjects = new Map<string, Buffer>();
const agencyIds = new Map<string, OpaqueIds>();

/** What of one view is the same for all its requests. */
export interface ViewFacts {
  plan: ViewPlan;
  policyHash: string;
  purposes: ReadonlySet<string>;
  /** Database role of the view's column class. */
  role: string;
}

/** One request on its way: the context of its resolvers, and what the steps after them need. */
export class ServedExchange implements Exchange {
  readonly caller: Caller;
  readonly plan: ViewPlan;
  readonly purposes: ReadonlySet<string>;
  readonly policyHash: string;
  readonly session: Session;
  readonly load: Loading;
  readonly facts: Facts;
  readonly log = new DecisionLog();
  readonly ids: OpaqueIds;
  readonly vault: Vault;
  readonly reason: string | null;
  readonly disclosureId: string;
  // Apollo copies the context it is given, and a copy has no `#` members: these are ordinary ones, and what changes is in one shared object.
  private readonly db: Db;
  private readonly role: string;
  private readonly state: { isMutation: boolean; snapshot: Snapshot | null } = { isMutation: false, snapshot: null };

  constructor(parts: { caller: Caller; view: ViewFacts; db: Db; vault: Vault; reason: string | null; disclosureId: string }) {
    const { caller, view, db, vault } = parts;
    this.caller = caller;
    this.plan = view.plan;
    this.purposes = view.purposes;
    this.policyHash = view.policyHash;
    this.vault = vault;
    this.reason = parts.reason;
    this.disclosureId = parts.disclosureId;
    this.db = db;
    this.role = db.roleName(view.role);
    this.session = db.session(view.role, 'read');
    this.facts = new Facts(this.session, caller.purpose);
    this.load = new Loading(this);
    this.ids = agencyIds.get(caller.agency.id) ?? new OpaqueIds(vault, caller.agency.id);
    agencyIds.set(caller.agency.id, this.ids);
  }

  get isMutation(): boolean {
    return this.state.isMutation;
  }

  /** Once the operation is known to be a mutation, and before anything is read. */
  becomeMutation(): void {
    this.state.isMutation = true;
    this.session.allowWrites();
  }

  async write<T>(work: (transactor: Transactor) => Promise<T>): Promise<T> {
    if (!this.state.isMutation) throw new Error('only a mutation writes');
    const done = await this.session.as(this.db.roleName('transactor'), () =>
      work({ query: (text, values) => this.session.query(text, values) }),
    );
    // The answer of a withdrawal must not show what was withdrawn: it is decided with the event that it has just written.
    await this.session.renew();
    this.facts.forget();
    return done;
  }

  compared<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]> {
    return this.session.queryAs<R>(this.db.roleName('intake'), text, values);
  }

  linking<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    // A query's fields are read side by side on one connection: a role that is changed for one would be every other's.
    if (!this.state.isMutation) throw new Error('only a mutation links');
    return this.session.as(this.db.roleName('intake'), () => work(this.session.asSql()));
  }

  asView<T>(work: () => Promise<T>): Promise<T> {
    return this.session.as(this.role, work);
  }

  /** Inside a mutation's transaction, under the ledger's role. */
  asLedger<T>(work: (sql: (text: string, values: readonly unknown[]) => Promise<unknown>) => Promise<T>): Promise<T> {
    return this.session.as(this.db.roleName('ledger'), () => work((text, values) => this.session.query(text, values)));
  }

  /** Reads the snapshot's time and epochs, once, for the entry; opens the session if nothing was read. */
  async fix(): Promise<void> {
    this.state.snapshot = await this.session.snapshot();
  }

  decidedAt(): Date {
    return (this.state.snapshot as Snapshot).now;
  }

  consentEpoch(): string {
    return (this.state.snapshot as Snapshot).consentEpoch;
  }

  /** The ledger's name of a child: a keyed hash. Destroying the key erases without breaking proofs. */
  subjectOf(childId: string): Buffer {
    let subject = subjects.get(childId);
    if (!subject) {
      subject = this.vault.mac('ledger-subject', childId);
      if (subjects.size > MAX_KEPT) subjects.clear();
      subjects.set(childId, subject);
    }
    return subject;
  }
}
