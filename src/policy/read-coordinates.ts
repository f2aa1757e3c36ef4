import {
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import { type Marked, readMark } from './category-mark.ts';
import type { Coordinate } from './coordinate.ts';
import { CATEGORIES, type DataCategory, isDataCategory, type Subject, type Verb } from './vocabulary.ts';

/**
 * All places of the schema that refer to a datum, in the schema's order, and those that do not say which.
 * Must carry a category: every output field, argument, input field, and every value of an enum by which something is asked without saying what (order and group members).
 * An output is read unless it says otherwise; an argument or input must state its verb. Words are checked by the compiler, not here.
 */
export function readCoordinates(schema: GraphQLSchema): { coordinates: Coordinate[]; missing: string[] } {
  const coordinates: Coordinate[] = [];
  const missing: string[] = [];
  const speaking = speakingEnums(schema);
  for (const type of ownTypes(schema)) {
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        add(`${type.name}.${field.name}`, 'output', field, type.name === 'PageInfo');
        for (const argument of field.args) add(`${type.name}.${field.name}(${argument.name}:)`, 'argument', argument);
      }
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) add(`${type.name}.${field.name}`, 'input', field);
    } else if (isEnumType(type)) {
      for (const value of type.getValues()) add(`${type.name}.${value.name}`, 'enumValue', value, !speaking.has(type.name));
    }
  }
  return { coordinates, missing };

  function add(coordinate: string, place: Coordinate['place'], part: Marked, plumbingByDefault = false): void {
    const mark = readMark(part) ?? (plumbingByDefault ? { is: 'plumbing' } : undefined);
    if (!mark) {
      missing.push(coordinate);
      return;
    }
    const readByDefault = place === 'output' || (place === 'enumValue' && plumbingByDefault) || mark.is === 'plumbing';
    if (!mark.verb && !readByDefault) missing.push(`${coordinate} verb`);
    else
      coordinates.push({
        coordinate,
        place,
        verb: (mark.verb ?? 'read') as Verb,
        category: mark.is as DataCategory,
        subject: (mark.subject ?? (isDataCategory(mark.is) ? CATEGORIES[mark.is].subject : 'none')) as Subject,
        ...(mark.sources ? { sources: mark.sources as DataCategory[] } : {}),
      });
  }
}

/** The schema's own types, without introspection. */
export function ownTypes(schema: GraphQLSchema): GraphQLNamedType[] {
  return Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
}

/**
 * Enums whose values themselves say what is referred to: handed in where the argument or input is mere structure, as in `orderBy: ChildOrder`.
 * Where the argument has a category of its own (`outcome: VisitOutcome`), the values are only what it is compared with or set to.
 */
function speakingEnums(schema: GraphQLSchema): Set<string> {
  const speaking = new Set<string>();
  const hear = (part: Marked & { type: GraphQLInputType }): void => {
    const named = getNamedType(part.type);
    if (isEnumType(named) && (readMark(part)?.is ?? 'plumbing') === 'plumbing') speaking.add(named.name);
  };
  for (const type of ownTypes(schema)) {
    if (isInputObjectType(type)) Object.values(type.getFields()).forEach(hear);
    if (isObjectType(type) || isInterfaceType(type)) for (const field of Object.values(type.getFields())) field.args.forEach(hear);
  }
  return speaking;
}
