import type { EvidenceGrade } from '../kernel/brands.ts';
import type { VisitEntry } from './child.ts';
import { dateOf, dayOf } from './days.ts';
import type { Random } from './random.ts';

/** What the last visit to a family met. */
export interface VisitPlan {
  readonly outcome: string;
  readonly grade: EvidenceGrade;
  /** In this school year; else between February and the 14 September before it. */
  readonly recent: boolean;
}

/** The visits that led to it: often nobody is at home at first. Oldest first; only the last one says more. */
export function planVisits(plan: VisitPlan, schoolYear: number, today: number, random: Random): VisitEntry[] {
  const border = dayOf(`${schoolYear}-09-15`);
  const [from, to] = plan.recent ? [border, today - 1] : [dayOf(`${schoolYear}-02-01`), border - 1];
  const count =
    plan.outcome === 'NOT_AT_HOME'
      ? random.between(1, 3)
      : random.weighted([
          [1, 62],
          [2, 24],
          [3, 14],
        ]);
  let day = random.between(from, to);
  const days = [day];
  for (let i = 1; i < count; i += 1) {
    day -= random.between(2, 20);
    days.unshift(day);
  }
  return days.map((visited, i) => {
    const last = i === days.length - 1;
    return { visitedOn: dateOf(visited), attempt: i + 1, outcome: last ? plan.outcome : 'NOT_AT_HOME', grade: last ? plan.grade : 'E' };
  });
}
