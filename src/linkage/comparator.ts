/** How the values of one field are compared. Pure; two equal texts are always compared alike. */
export interface Comparator<V = unknown> {
  /** From the strongest agreement to the clearest disagreement. Level n (1…) is `levels[n − 1]`; level 0 is "unknown". At most 35. */
  readonly levels: readonly string[];
  /** What is compared of a canonical text; null when it says nothing. */
  parse(text: string): V | null;
  /** Level of two values of different texts. */
  compare(a: V, b: V): number;
  /** Level of a value with itself. */
  same(value: V): number;
  /** Quick class of a value, 1…255: two different texts of one class are at level `differ`, of two classes unknown to each other; 0: compare them. */
  readonly classes?: { of(value: V): number; readonly differ: number };
  /** Levels whose weight depends on how rare the agreeing value is. */
  readonly rarity: readonly number[];
  /** Levels between which a pair has the choice, where that is not all of them (a year can agree, not a day); probabilities add up to 1 within each. */
  readonly groups?: readonly (readonly number[])[];
  /** P(level | one child) before anything is learnt, by level; a learner starts from it and leans on it where it has little to learn from. */
  readonly prior: readonly number[];
  /** P(level | two children of one household), by level; null for a field that says nothing of households. */
  readonly sibling: readonly number[] | null;
}

/** A level as one character: `0` unknown, then `1`…`9`, `a`…`z`. */
export const levelText = (level: number): string => level.toString(36);

/** Rows of counts or probabilities that add up to 1 within each group. */
export function withinGroups({ groups, levels }: Comparator, row: readonly number[]): number[] {
  const result = [...row];
  for (const group of groups ?? [levels.map((_, i) => i + 1)]) {
    const total = group.reduce((sum, level) => sum + (row[level - 1] as number), 0);
    if (total > 0) for (const level of group) result[level - 1] = (row[level - 1] as number) / total;
  }
  return result;
}
