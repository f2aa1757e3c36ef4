import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { connectionOf, PageInfo } from '../../exchange/connection.ts';
import type { Exchange } from '../../exchange/context.ts';
import { Category, reads } from '../../exchange/datum.ts';
import { Binds } from '../../exchange/scope.ts';
import { pageSize } from '../children/child-page.ts';

const oversight = { subject: 'agency' } as const;

/** An entry of the disclosure ledger: who asked, under which law, for which fields of how many children. Never a value, never a child. */
@ObjectType()
export class Disclosure {
  @Category('oversight.disclosure', oversight) @Field(() => ID, { nullable: true, simple: true }) id?: string;
  @Category('oversight.disclosure', oversight) @Field(() => GraphQLDateTimeISO, { nullable: true, simple: true }) decidedAt?: Date;
  @Category('oversight.disclosure', oversight) @Field(() => String, { nullable: true, simple: true }) client?: string;
  @Category('oversight.disclosure', oversight) @Field(() => String, { nullable: true, simple: true }) agency?: string;
  @Category('oversight.disclosure', oversight) @Field(() => String, { nullable: true, simple: true }) purpose?: string;
  @Category('oversight.disclosure', oversight) @Field(() => String, { nullable: true, simple: true }) caseReference?: string | null;
  @Category('oversight.disclosure', oversight) @Field(() => String, { nullable: true, simple: true }) legalBasis?: string;
  @Category('oversight.disclosure', oversight) @Field(() => String, { nullable: true, simple: true }) instrument?: string;
  @Category('oversight.disclosure', oversight) @Field(() => String, { nullable: true, simple: true }) policyHash?: string;
  @Category('oversight.disclosure', oversight)
  @Field(() => Int, { nullable: true, simple: true, description: 'How many children it concerned.' })
  children?: number;
  @Category('oversight.disclosure', oversight) @Field(() => [String], { nullable: true, simple: true }) released?: string[];
  @Category('oversight.disclosure', oversight) @Field(() => [String], { nullable: true, simple: true }) generalised?: string[];
  @Category('oversight.disclosure', oversight)
  @Field(() => [String], { nullable: true, simple: true, description: 'Coordinates with their reason.' })
  withheld?: string[];
  @Category('oversight.disclosure', oversight)
  @Field(() => String, { nullable: true, simple: true, description: 'What a break-glass request stated.' })
  reason?: string | null;
}
@ObjectType()
export class DisclosureEdge {
  @Category('plumbing') @Field(() => String, { simple: true }) cursor!: string;
  @Category('plumbing') @Field(() => Disclosure, { nullable: true, simple: true }) node?: Disclosure;
}
@ObjectType()
export class DisclosureConnection {
  @Category('plumbing') @Field(() => [DisclosureEdge], { simple: true }) edges!: DisclosureEdge[];
  @Category('plumbing') @Field(() => PageInfo, { simple: true }) pageInfo!: PageInfo;
}

const COLUMNS = [
  'disclosure_id',
  'writer',
  'seq',
  'decided_at',
  'client_id',
  'agency_id',
  'purpose',
  'case_reference',
  'legal_basis',
  'instrument',
  'policy_hash',
  'row_count',
  'groups',
  'reason',
];
reads('Query.disclosures', 'ledger.disclosure', COLUMNS);

interface LedgerRow {
  disclosure_id: string;
  writer: string;
  seq: string;
  decided_at: Date;
  /** To the microsecond, which a JavaScript date does not hold. */
  position: string;
  client_id: string;
  agency_id: string;
  purpose: string;
  case_reference: string | null;
  legal_basis: string;
  instrument: string;
  policy_hash: string;
  row_count: number;
  groups: { released: string[]; generalised: string[]; withheld: { field: string; reason: string }[] }[];
  reason: string | null;
}
const union = (lists: string[][]) => [...new Set(lists.flat())].sort();

/** Newest first. Reading the ledger is itself a disclosure, with an entry of its own. */
@Resolver()
export class DisclosuresResolver {
  @Category('oversight.disclosure', oversight)
  @Query(() => DisclosureConnection, { nullable: true })
  async disclosures(
    @Arg('agency', () => String, { nullable: true }) @Category('oversight.disclosure', { ...oversight, verb: 'filter' }) agency:
      | string
      | null,
    @Arg('purpose', () => String, { nullable: true }) @Category('oversight.disclosure', { ...oversight, verb: 'filter' }) purpose:
      | string
      | null,
    @Arg('first', () => Int, { nullable: true }) @Category('plumbing') first: number | null,
    @Arg('after', () => String, { nullable: true }) @Category('plumbing') after: string | null,
    @Ctx() exchange: Exchange,
  ) {
    const size = pageSize(first);
    const binds = new Binds();
    const where = ['true'];
    if (agency) where.push(`d.agency_id = ${binds.bind(agency)}`);
    if (purpose) where.push(`d.purpose = ${binds.bind(purpose)}`);
    if (after) {
      const [at, writer, seq] = exchange.ids.openCursor('disclosures', after);
      where.push(`(d.decided_at, d.writer, d.seq) < (${binds.bind(at)}::timestamptz, ${binds.bind(writer)}, ${binds.bind(seq)}::bigint)`);
    }
    const rows = await exchange.session.query<LedgerRow>(
      `select ${COLUMNS.map((column) => `d.${column}`).join(', ')}, d.decided_at::text as position from ledger.disclosure d where ${where.join(' and ')}
       order by d.decided_at desc, d.writer desc, d.seq desc limit ${binds.bind(size + 1)}`,
      binds.values,
    );
    exchange.log.releasedLoose(['Query.disclosures']);
    const page = rows.slice(0, size);
    return connectionOf(
      {
        rows: page.map((row) => ({
          $position: [row.position, row.writer, row.seq],
          id: row.disclosure_id,
          decidedAt: row.decided_at,
          client: row.client_id,
          agency: row.agency_id,
          purpose: row.purpose,
          caseReference: row.case_reference,
          legalBasis: row.legal_basis,
          instrument: row.instrument,
          policyHash: row.policy_hash,
          children: row.row_count,
          released: union(row.groups.map((group) => group.released)),
          generalised: union(row.groups.map((group) => group.generalised)),
          withheld: union(row.groups.map((group) => group.withheld.map(({ field, reason }) => `${field}: ${reason}`))),
          reason: row.reason,
        })),
        cursorOf: ({ $position }) => exchange.ids.sealCursor('disclosures', $position),
        hasNextPage: rows.length > size,
      },
      after,
    );
  }
}
