import { expect, it } from 'vitest';
import { linesOf, measuredText, rowOf } from './report.ts';

const figures = new Map([
  ['errors', 5],
  ['recall', 0.9851],
  ['seconds', 12.345],
]);

it('shows what is asked first, and whether it is met', () => {
  const lines = linesOf('a set', figures, [
    { figure: 'recall', least: 0.985 },
    { figure: 'errors', most: 4 },
  ]);
  expect(lines.map(rowOf)).toEqual([
    ['a set', 'recall', '≥ 0.985', '0.98510', 'yes'],
    ['a set', 'errors', '≤ 4', '5', 'NO'],
    ['a set', 'seconds', '', '12.35', ''],
  ]);
});

it('counts a target as missed when its figure was not measured', () => {
  expect(linesOf('a set', figures, [{ figure: 'F1', least: 0.9 }])[0]).toMatchObject({ measured: 'not measured', met: false });
});

it('does not miss a target by the last bit of a float', () => {
  expect(linesOf('a set', new Map([['gap', 1 + 1e-15]]), [{ figure: 'gap', most: 1 }])[0]?.met).toBe(true);
});

it('writes shares with five places', () => {
  expect([0.99994, -0.5, 3, 2.345].map(measuredText)).toEqual(['0.99994', '-0.50000', '3', '2.35']);
});
