/** How far two reviewers agree beyond chance. */
export interface Agreement {
  /** Questions that both have answered. */
  readonly count: number;
  /** Share answered alike, 0…1; null without a question. */
  readonly observed: number | null;
  /** Share that chance alone would give, from how often each says what. */
  readonly expected: number | null;
  /** 1 full agreement, 0 no better than chance, below 0 worse; null where chance explains everything or nothing was answered by both. */
  readonly kappa: number | null;
}

/**
 * Cohen's kappa of two reviewers (J. Cohen, A coefficient of agreement for nominal scales, 1960): (observed − expected) / (1 − expected).
 * @param answers for each question what the first and what the second has said; any words.
 */
export function kappaOf(answers: readonly (readonly [string, string])[]): Agreement {
  const count = answers.length;
  if (count === 0) return { count, observed: null, expected: null, kappa: null };
  const first = new Map<string, number>();
  const second = new Map<string, number>();
  let alike = 0;
  for (const [one, other] of answers) {
    first.set(one, (first.get(one) ?? 0) + 1);
    second.set(other, (second.get(other) ?? 0) + 1);
    if (one === other) alike += 1;
  }
  const observed = alike / count;
  let expected = 0;
  for (const [word, times] of first) expected += (times / count) * ((second.get(word) ?? 0) / count);
  return { count, observed, expected, kappa: expected === 1 ? null : (observed - expected) / (1 - expected) };
}
