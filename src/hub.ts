import { randomUUID } from 'node:crypto';
import type { NonEmptyArray } from 'type-graphql';
import type { Config } from './config.ts';
import { applyViewGrants } from './db/grants.ts';
import { type Installation, openInstallation } from './db/installation.ts';
import { AssistanceChildResolver } from './domains/assistance/assistance-resolver.ts';
import { assistanceFormat } from './domains/assistance/intake.ts';
import { parentsAbroadFormat } from './domains/assistance/intake-parents-abroad.ts';
import { ChildConnectionResolver, ChildResolver } from './domains/children/child-resolver.ts';
import { LinkReviewResolver } from './domains/children/review-resolver.ts';
import { ConsentsChildResolver, GuardianResolver } from './domains/consents/consents-resolver.ts';
import { ForeignSchoolsResolver } from './domains/foreign-schools/foreign-schools-resolver.ts';
import { foreignAggregateFormat } from './domains/foreign-schools/intake.ts';
import { visitsFormat } from './domains/outreach/intake.ts';
import { OutreachChildResolver } from './domains/outreach/outreach-resolver.ts';
import { clientDirectory } from './domains/oversight/agencies.ts';
import { DisclosuresResolver } from './domains/oversight/disclosures-resolver.ts';
import { recordPolicyVersion } from './domains/oversight/policy-versions.ts';
import { SelfResolver } from './domains/oversight/self-resolver.ts';
import { StatisticsResolver } from './domains/oversight/statistics-resolver.ts';
import { populationFormat } from './domains/registry/intake.ts';
import { schoolsFormat } from './domains/schools/intake.ts';
import { absencesFormat } from './domains/schools/intake-absences.ts';
import { schoolRollFormat } from './domains/schools/intake-school-roll.ts';
import { siiirRollFormat } from './domains/schools/intake-siiir-roll.ts';
import { EnrolmentResolver, SchoolsChildResolver } from './domains/schools/schools-resolver.ts';
import { TracingChildResolver, TracingResolver } from './domains/tracing/tracing-resolver.ts';
import { createAuthenticator } from './exchange/authenticate.ts';
import { HUB_AUDIENCE } from './exchange/authenticate-ports.ts';
import { localKeys, outsideKeys } from './exchange/authenticate-keys.ts';
import { type Blueprint, drawBlueprint } from './exchange/blueprint.ts';
import type { ResolverClass } from './exchange/full-schema.ts';
import { addIntakeRoute } from './exchange/intake-route.ts';
import { createLogger, logUnknown } from './exchange/log.ts';
import { Metrics } from './exchange/metrics.ts';
import { addOpenRoutes } from './exchange/open-routes.ts';
import { Path, type PathOptions } from './exchange/path.ts';
import { createReceiver } from './exchange/receive.ts';
import { Recorder } from './exchange/record.ts';
import type { FeedFormat } from './intake/feed-format.ts';
import { createIssuer } from './issuer/issuer.ts';
import { createSeenProofs } from './issuer/seen-proofs.ts';
import type { FeedKind } from './kernel/brands.ts';
import { handIn } from './domains/children/hand-in.ts';

/** Every room's part of the graph. */
const RESOLVERS: NonEmptyArray<ResolverClass> = [
  ChildResolver,
  ChildConnectionResolver,
  LinkReviewResolver,
  ConsentsChildResolver,
  GuardianResolver,
  SchoolsChildResolver,
  EnrolmentResolver,
  AssistanceChildResolver,
  OutreachChildResolver,
  ForeignSchoolsResolver,
  TracingChildResolver,
  TracingResolver,
  SelfResolver,
  DisclosuresResolver,
  StatisticsResolver,
];

/** Every room's feeds. */
export const FEED_FORMATS: Readonly<Record<FeedKind, FeedFormat>> = Object.freeze({
  schools: schoolsFormat,
  population: populationFormat,
  'school-roll': schoolRollFormat,
  absences: absencesFormat,
  assistance: assistanceFormat,
  'foreign-aggregate': foreignAggregateFormat,
  visits: visitsFormat,
  'siiir-roll': siiirRollFormat,
  'parents-abroad': parentsAbroadFormat,
});

/** The hub as its sources say: full schema, compiled policy, column classes. @throws Error with every reason when the policy is incomplete. */
export const blueprint = (sources?: Parameters<typeof drawBlueprint>[1]): Promise<Blueprint> => drawBlueprint(RESOLVERS, sources);

/** A hub that listens. */
export interface RunningHub {
  readonly url: string;
  readonly installation: Installation;
  readonly path: Path;
  /** Stops listening, finishes what is being written, closes the database. */
  stop(): Promise<void>;
}

/** Starts a hub on an installation: grants of the views, the path, the issuer, the routes. @throws Error when the policy is incomplete or the port is taken. */
export async function startHub(
  config: Config,
  options: Partial<Pick<PathOptions, 'newId' | 'onStatements'>> & { installation?: Installation } = {},
): Promise<RunningHub> {
  const plans = await blueprint();
  const installation = options.installation ?? (await openInstallation(config));
  const { db, vault, home } = installation;
  await applyViewGrants(
    installation.adminUrl,
    plans.classes.map(({ role, tables }) => ({ suffix: role, tables })),
  );
  await recordPolicyVersion(db, plans.policy.hash, plans.sources);
  const logger = createLogger(config.logLevel);
  const log = (cause: unknown) => logUnknown(logger, cause);
  const metrics = new Metrics();
  const seen = createSeenProofs(db);
  const clients = clientDirectory(db);
  const recorder = new Recorder(db, `hub-${randomUUID()}`);
  let origin = config.publicUrl ?? `http://${config.host}:${config.port}`;
  let authenticate: PathOptions['authenticate'] | null = null;
  const path = new Path({
    ...plans,
    ...options,
    db,
    vault,
    recorder,
    log,
    authenticate: (credentials) => (authenticate as PathOptions['authenticate'])(credentials),
  });
  const app = createReceiver({ path, publicUrl: () => origin, logger, metrics });
  let issuer: ReturnType<typeof createIssuer> | null = null;
  addOpenRoutes(app, { db, metrics, issuer: () => issuer });
  addIntakeRoute(app, {
    path,
    publicUrl: () => origin,
    take: (caller, feed) => handIn({ db, vault, formats: FEED_FORMATS }, caller, feed),
  });
  await app.listen({ port: config.port, host: config.host });
  const { port } = app.server.address() as { port: number };
  if (!config.publicUrl) origin = `http://${config.host}:${port}`;
  if (config.issuer === null) issuer = createIssuer({ url: origin, home, clients, seen, onError: log });
  const keys = issuer ? localKeys(issuer.publishedKeys) : outsideKeys(config.issuer as string);
  authenticate = createAuthenticator({ issuer: config.issuer ?? origin, audience: HUB_AUDIENCE, keys, clients, seen });
  return {
    url: origin,
    installation,
    path,
    stop: async () => {
      await app.close();
      await path.stop();
      await recorder.close();
      issuer?.close();
      if (!options.installation) await installation.close();
    },
  };
}
