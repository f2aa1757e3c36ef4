import type { Figures } from './measure-set.ts';
import type { Target } from './sets/bench-set.ts';

/** One line of the table: a figure, and the target if there is one. */
export interface Line {
  readonly set: string;
  readonly figure: string;
  /** `≥ 0.998`, or empty where nothing is asked. */
  readonly target: string;
  readonly measured: number | string;
  /** Null: nothing is asked. */
  readonly met: boolean | null;
}

const near = 1e-12;
export const isMet = ({ least, most }: Target, measured: number): boolean =>
  (least === undefined || measured >= least - near) && (most === undefined || measured <= most + near);
const targetText = ({ least, most }: Target): string =>
  [...(least === undefined ? [] : [`≥ ${least}`]), ...(most === undefined ? [] : [`≤ ${most}`])].join(', ');

/** Figures with a target first. A target whose figure was not measured is missed. */
export function linesOf(set: string, figures: Figures, targets: readonly Target[]): Line[] {
  const asked = targets.map((target): Line => {
    const measured = figures.get(target.figure);
    return {
      set,
      figure: target.figure,
      target: targetText(target),
      measured: measured ?? 'not measured',
      met: measured !== undefined && isMet(target, measured),
    };
  });
  const told = new Set(targets.map(({ figure }) => figure));
  const others = [...figures].filter(([figure]) => !told.has(figure));
  return [...asked, ...others.map(([figure, measured]): Line => ({ set, figure, target: '', measured, met: null }))];
}

/** Shares with five places, whole numbers as they are, others with two. */
export const measuredText = (measured: number | string): string =>
  typeof measured === 'string' || Number.isInteger(measured)
    ? String(measured)
    : Math.abs(measured) < 1
      ? measured.toFixed(5)
      : measured.toFixed(2);

export const rowOf = ({ set, figure, target, measured, met }: Line): string[] => [
  set,
  figure,
  target,
  measuredText(measured),
  met === null ? '' : met ? 'yes' : 'NO',
];
