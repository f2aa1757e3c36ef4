import type { Place } from './place.ts';
import type { Random } from './random.ts';
import { inLatin, withoutDiacritics } from './spelling.ts';

/** A settlement as people write it, and whether another one of the country is called the same. */
export function settlementText(place: Place, random: Random, spelling: 'own' | 'latin' | 'ascii'): { text: string; errors: string[] } {
  const text = random.weighted([
    [`${place.kind} ${place.name}`, 70],
    [place.name, 18],
    [place.name.toUpperCase(), 12],
  ]);
  const errors = place.homonym ? ['settlement-homonym'] : [];
  return { text: spelling === 'latin' ? inLatin(place.name, null) : spelling === 'ascii' ? withoutDiacritics(text) : text, errors };
}
