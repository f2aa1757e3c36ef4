import type { Exchange } from '../../exchange/context.ts';
import { idempotent } from '../../exchange/idempotent.ts';
import { Binds, scopeCondition } from '../../exchange/scope.ts';
import { HubError } from '../../kernel/errors.ts';
import { withoutWaiting } from './review-apply.ts';
import { type DecisionState, decidePair, recordGoldAnswer } from './review-decide.ts';
import { decisionId, decisionNumber } from './review-decisions.ts';
import type { DecideLinkInput, RevokeLinkDecisionInput, ShownDecisionState } from './review-inputs.ts';
import { getQuestion } from './review-queue.ts';
import { revokeDecision } from './review-revoke.ts';
import type { SubjectOf } from './reopened.ts';
import { reviewerOf } from './reviewer.ts';

interface Step {
  decision: string;
  state: ShownDecisionState;
  children: string[];
}

const SHOWN: Readonly<Record<Exclude<DecisionState, 'GOLD'>, ShownDecisionState>> = {
  IN_FORCE: 'RECORDED',
  UNSURE: 'RECORDED',
  WAITING: 'WAITS_FOR_SECOND',
  CONTESTED: 'CONTESTED',
};

/** As the ledger names a child. */
const subjectOf =
  ({ vault }: Exchange): SubjectOf =>
  (child) =>
    vault.mac('ledger-subject', child);

function shown(exchange: Exchange, { decision, state, children }: Step) {
  exchange.log.released(children, ['LinkDecisionPayload.decisionId', 'LinkDecisionPayload.state']);
  return { decisionId: decisionId(exchange, decision), state };
}

/** Answers a question about two records. A gold question is answered alike, and tells by nothing that it is one. @throws HubError NOT_FOUND, CONFLICT, UNAVAILABLE */
export async function decideLink(exchange: Exchange, input: DecideLinkInput) {
  const step = await idempotent<Step>(exchange, 'decideLink', input, async () => {
    const question = await exchange.asView(() => getQuestion(exchange, input.pair));
    const { a, b, childA, childB } = question;
    const request = {
      a,
      b,
      verdict: input.verdict,
      reason: input.reason,
      reviewer: reviewerOf(exchange.caller),
      subjectOf: subjectOf(exchange),
    };
    const children = [...new Set([childA, childB])];
    return exchange.linking((sql) =>
      withoutWaiting(sql, async (): Promise<Step> => {
        if (question.kind === 'pair') {
          const { decision, state } = await decidePair(sql, request);
          return { decision, state: SHOWN[state as keyof typeof SHOWN], children };
        }
        const { decision, grave } = await recordGoldAnswer(sql, request);
        return { decision, state: grave && input.verdict !== 'UNSURE' ? 'WAITS_FOR_SECOND' : 'RECORDED', children };
      }),
    );
  });
  return shown(exchange, step);
}

/** Both children of a decision, when they are in reach. @throws HubError NOT_FOUND */
async function childrenInReach(exchange: Exchange, decision: string): Promise<string[]> {
  const binds = new Binds();
  const { scopes } = exchange.plan;
  const [row] = await exchange.session.query<{ childA: string; childB: string }>(
    `select x.child_id::text as "childA", y.child_id::text as "childB" from hub.pair_decision d
     join hub.membership x on x.record_id = d.a and x.valid_to is null join hub.membership y on y.record_id = d.b and y.valid_to is null
     where d.decision_id = ${binds.bind(decision)}::bigint and ${scopeCondition(scopes, exchange.caller, 'x.child_id', binds)}
       and ${scopeCondition(scopes, exchange.caller, 'y.child_id', binds)}`,
    binds.values,
  );
  if (!row) throw new HubError('NOT_FOUND');
  return [...new Set([row.childA, row.childB])];
}

/** Takes a decision back: one's own, or one in force. @throws HubError NOT_FOUND, CONFLICT, UNAVAILABLE */
export async function revokeLinkDecision(exchange: Exchange, input: RevokeLinkDecisionInput) {
  const step = await idempotent<Step>(exchange, 'revokeLinkDecision', input, async () => {
    const decision = decisionNumber(exchange, input.decisionId);
    const children = await exchange.asView(() => childrenInReach(exchange, decision));
    await exchange.linking((sql) =>
      withoutWaiting(sql, () =>
        revokeDecision(sql, decision, { reviewer: reviewerOf(exchange.caller), reason: input.reason, subjectOf: subjectOf(exchange) }),
      ),
    );
    return { decision, state: 'REVOKED', children };
  });
  return shown(exchange, step);
}
