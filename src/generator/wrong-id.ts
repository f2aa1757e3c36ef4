import { parseNationalId } from '../kernel/national-id.ts';
import type { Child } from './child.ts';
import type { Random } from './random.ts';
import type { SlipRates } from './slips.ts';

/** An id written down wrongly, or null: it was written down well. A mistyped one never holds up by chance. */
export function wrongId(child: Child, rate: SlipRates, random: Random): { id: string; error: string } | null {
  if (random.chance(rate.idTypo)) return { id: mistyped(child.idType, child.id, random), error: 'id-typo' };
  if (random.chance(rate.idMangled)) return { id: mangled(child.id), error: 'id-mangled' };
  if (child.siblingId !== '' && random.chance(rate.idOfSibling)) return { id: child.siblingId, error: 'id-of-sibling' };
  return null;
}

/** One digit changed or two neighbours exchanged, so that the check digit no longer holds. */
export function mistyped(idType: Child['idType'], id: string, random: Random): string {
  for (;;) {
    const at = random.below(id.length - 1);
    const other = random.chance(0.6)
      ? id.slice(0, at) + random.below(10) + id.slice(at + 1)
      : id.slice(0, at) + id.charAt(at + 1) + id.charAt(at) + id.slice(at + 2);
    if (other !== id && parseNationalId(idType, other)?.valid === false) return other;
  }
}

/** What a spreadsheet makes of it: the leading zero gone, or the scientific notation of six digits. */
function mangled(id: string): string {
  if (id.startsWith('0')) return id.slice(1);
  return `${id.charAt(0)}.${id.slice(1, 6)}E+${String(id.length - 1).padStart(2, '0')}`;
}

/** The id with another check digit. */
export function withWrongCheckDigit(idType: -1 | 0 | 1 | 2 | 3, id: string): string | null {
  for (let digit = 0; digit < 10; digit += 1) {
    const other = id.slice(0, -1) + digit;
    if (
      /^\d{10}$|^\d{13}$/.test(id) &&
      other !== id &&
      parseNationalId(idType, id)?.valid &&
      parseNationalId(idType, other)?.valid === false
    )
      return other;
  }
  return null;
}
