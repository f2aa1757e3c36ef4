import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import type { Exchange } from '../../exchange/context.ts';
import { Category } from '../../exchange/datum.ts';

/** Who the hub takes the caller for. */
@ObjectType()
export class Me {
  @Category('agency.self', { subject: 'agency' }) @Field(() => String, { nullable: true, simple: true }) client?: string;
  @Category('agency.self', { subject: 'agency' }) @Field(() => String, { nullable: true, simple: true }) agency?: string;
  @Category('agency.self', { subject: 'agency' }) @Field(() => String, { nullable: true, simple: true }) agencyName?: string;
  @Category('agency.self', { subject: 'agency' }) @Field(() => String, { nullable: true, simple: true }) kind?: string;
  @Category('agency.self', { subject: 'agency' }) @Field(() => String, { nullable: true, simple: true }) purpose?: string;
  @Category('agency.self', { subject: 'agency' }) @Field(() => String, { nullable: true, simple: true }) case?: string | null;
}

/** The rules of the caller's own purpose: under which law, by which instrument, and how families were told. */
@ObjectType()
export class PurposePolicy {
  @Category('oversight.policy', { subject: 'none' }) @Field(() => String, { nullable: true, simple: true }) purpose?: string;
  @Category('oversight.policy', { subject: 'none' }) @Field(() => String, { nullable: true, simple: true }) title?: string;
  @Category('oversight.policy', { subject: 'none' }) @Field(() => [String], { nullable: true, simple: true }) law?: string[];
  @Category('oversight.policy', { subject: 'none' }) @Field(() => String, { nullable: true, simple: true }) legalBasis?: string;
  @Category('oversight.policy', { subject: 'none' }) @Field(() => String, { nullable: true, simple: true }) instrument?: string;
  @Category('oversight.policy', { subject: 'none' }) @Field(() => String, { nullable: true, simple: true }) notice?: string;
  @Category('oversight.policy', { subject: 'none' }) @Field(() => Boolean, { nullable: true, simple: true }) caseRequired?: boolean;
  @Category('oversight.policy', { subject: 'none' })
  @Field(() => [String], { nullable: true, simple: true, description: 'Row scopes: which children, by name.' })
  scopes?: string[];
}

/** What every caller may know: itself, and the rules it acts under. */
@Resolver()
export class SelfResolver {
  @Category('agency.self', { subject: 'agency' })
  @Query(() => Me, { nullable: true })
  me(@Ctx() { caller }: Exchange): Me {
    return {
      client: caller.clientId,
      agency: caller.agency.id,
      agencyName: caller.agency.name,
      kind: caller.kind,
      purpose: caller.purpose,
      case: caller.caseReference,
    };
  }

  @Category('oversight.policy', { subject: 'none' })
  @Query(() => PurposePolicy, { nullable: true })
  policy(@Ctx() { plan }: Exchange): PurposePolicy {
    const { info, scopes } = plan;
    return {
      purpose: info.id,
      title: info.title,
      law: info.law.map(({ act, article }) => `${act}, ${article}`),
      legalBasis: info.basis.national,
      instrument: info.instrument.reference,
      notice: `${info.notice.reference}, ${info.notice.version}`,
      caseRequired: info.caseRequired,
      scopes: [...scopes],
    };
  }
}
