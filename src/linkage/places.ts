import { latin } from './transliterate.ts';

const KIND_OF_PLACE = /^(?:gr|grad|s|selo|k k|sat|satul|oras|orasul|or|com|comuna|mun|municipiul|loc|localitatea)(?: |(?<=\.))/;

/** A settlement as written, without its kind ("гр.", "sat"), in one spelling. */
export function placeText(text: string): string {
  return latin(text)
    .replace(KIND_OF_PLACE, '')
    .replace(/y|j/g, 'i')
    .replace(/(.)\1+/g, '$1');
}

/** An address in one spelling; null for one that says nothing. */
export function addressText(text: string): string | null {
  const folded = latin(text)
    .replace(/[yj]/g, 'i')
    .replace(/\b(?:nr|no)\b ?/g, '')
    .replace(/([a-z])\1+/g, '$1');
  return /\d/.test(folded) || folded.length >= 8 ? folded : null;
}
/** A house number alone means something only within its village. */
export const isFullAddress = (address: string): boolean => /[a-z]{3}/.test(address) && address.length >= 8;
