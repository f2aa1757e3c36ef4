import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { ownTypes } from './read-coordinates.ts';
import type { Surviving } from './surviving.ts';

/** Keeps descriptions from speaking of what a view does not hold. */
export interface Discretion {
  /** The text without the sentences that name something which is not in the view; undefined when nothing is left. */
  keep(text: string | null | undefined): string | undefined;
  /** The same for a deprecation's reason: it stays deprecated. */
  keepReason(text: string | null | undefined): string | undefined;
}

/** Words of any sentence, which also happen to be names of inputs or enum values (`to`, `A`). */
const isFunctionWord = (word: string): boolean =>
  word.length === 1 || ['and', 'as', 'at', 'by', 'for', 'from', 'in', 'is', 'of', 'on', 'or', 'to'].includes(word);
const SENTENCE_END = /(?<=[.!?])(?<!\b(?:e\.g|i\.e)\.)\s+(?=[\p{Lu}`"(])|\n+/u;

/** Compares the names of the full schema with those of the view: a name that is nowhere in the view is not to be spoken. */
export function discretion(schema: GraphQLSchema, left: Surviving): Discretion {
  const unspoken = new Set(names(schema, { type: () => true, part: () => true }));
  for (const name of names(schema, left)) unspoken.delete(name);
  const speaksOfIt = (sentence: string): boolean =>
    sentence.match(/\w+/g)?.some((word) => unspoken.has(word) && !isFunctionWord(word)) ?? false;
  const keep = (text: string | null | undefined): string | undefined => {
    if (!text) return undefined;
    const sentences = text.split(SENTENCE_END);
    if (!sentences.some(speaksOfIt)) return text;
    return sentences.filter((sentence) => !speaksOfIt(sentence)).join(' ') || undefined;
  };
  return { keep, keepReason: (text) => (text ? (keep(text) ?? 'No longer supported') : undefined) };
}

function* names(schema: GraphQLSchema, held: Pick<Surviving, 'type' | 'part'>): Generator<string> {
  for (const type of ownTypes(schema)) {
    if (!held.type(type.name)) continue;
    yield type.name;
    if (isEnumType(type)) for (const { name } of type.getValues()) if (held.part(`${type.name}.${name}`)) yield name;
    if (isInputObjectType(type)) for (const name of Object.keys(type.getFields())) if (held.part(`${type.name}.${name}`)) yield name;
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!held.part(`${type.name}.${field.name}`)) continue;
      yield field.name;
      for (const argument of field.args) if (held.part(`${type.name}.${field.name}(${argument.name}:)`)) yield argument.name;
    }
  }
}
