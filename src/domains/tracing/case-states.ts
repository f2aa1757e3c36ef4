import { HubError } from '../../kernel/errors.ts';

/** The first form of the case workflow: listed, assigned to a team or school, visited, closed. */
export type CaseState = 'LISTED' | 'ASSIGNED' | 'VISITED' | 'CLOSED';

/** How a case ends. */
export const CASE_OUTCOMES = [
  'FIRST_ENROLLED',
  'RE_ENROLLED',
  'ALREADY_ENROLLED',
  'ABROAD_VERIFIED',
  'ABROAD_UNVERIFIED',
  'FOREIGN_SCHOOL',
  'ABOVE_AGE',
  'EXEMPT_HEALTH',
  'NOT_LOCATED',
  'REFUSED_SANCTIONED',
  'DECEASED',
  'DUPLICATE',
] as const;

/** @throws HubError CONFLICT naming what the step lacks: pure, the state comes in. */
export function checkStep(from: CaseState, step: { to: 'ASSIGNED' | 'CLOSED'; assignee?: string | null; outcome?: string | null }): void {
  if (from === 'CLOSED') throw new HubError('CONFLICT', 'the case is closed');
  if (step.to === 'ASSIGNED' && !step.assignee) throw new HubError('CONFLICT', 'assigning needs an assignee');
  if (step.to === 'CLOSED' && !step.outcome) throw new HubError('CONFLICT', 'closing needs an outcome');
}
