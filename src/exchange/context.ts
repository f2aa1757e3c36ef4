import type { Session } from '../db/session.ts';
import type { Sql } from '../db/sql.ts';
import type { Vault } from '../db/vault.ts';
import type { AgencyKind, Country } from '../kernel/brands.ts';
import type { ViewPlan } from '../policy/view-plan.ts';
import type { DecisionLog } from './decision-log.ts';
import type { Facts } from './facts.ts';
import type { Loading } from './load.ts';
import type { OpaqueIds } from './opaque-id.ts';

/** Who asks, as its verified token says: one agency, one purpose. */
export interface Caller {
  clientId: string;
  agency: { id: string; kind: AgencyKind; name: string; country: Country; municipalities: readonly string[]; schoolIds: readonly string[] };
  kind: AgencyKind;
  /** Pseudonym of the person behind the request; for a guardian portal the guardian's reference. */
  actor: string | null;
  purpose: string;
  caseReference: string | null;
  tokenId: string;
  expiresAt: number;
}

/** What a request carries along the path: GraphQL's context. A room reads through `load`, and in a mutation writes through `write`. */
export interface Exchange {
  readonly caller: Caller;
  readonly plan: ViewPlan;
  /** Every purpose that the policy knows, for input that names some. */
  readonly purposes: ReadonlySet<string>;
  readonly session: Session;
  readonly load: Loading;
  readonly facts: Facts;
  readonly log: DecisionLog;
  readonly ids: OpaqueIds;
  readonly vault: Vault;
  /** What a break-glass request states as its reason; null otherwise. */
  readonly reason: string | null;
  /** Does work as the transactor, in the transaction of the disclosure entry. @throws Error outside a mutation. */
  write<T>(work: (transactor: Transactor) => Promise<T>): Promise<T>;
  /**
   * One reading statement as the role that links, in the snapshot of the rest: for values that are compared and leave as how well they agree.
   * Nothing that it gives may be shown, for no rule of the view has permitted it.
   */
  compared<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]>;
  /** Inside `write`: brings links in line with what a human has decided, as the role that links and in the same transaction. */
  linking<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Inside `write`: reads something as the view's role again. */
  asView<T>(work: () => Promise<T>): Promise<T>;
}

/** Power to write, only inside a mutation's transaction. */
export interface Transactor {
  query<R extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<R[]>;
}
