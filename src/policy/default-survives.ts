import { getNullableType, type GraphQLInputType, isEnumType, isInputObjectType, isListType } from 'graphql';

/**
 * Whether a default value speaks only of enum values and input members that `stands` knows.
 * A default that sorts by a denied datum would tell its order without the caller ever naming it.
 */
export function defaultSurvives(value: unknown, type: GraphQLInputType, stands: (coordinate: string) => boolean): boolean {
  if (value === undefined || value === null) return true;
  const bare = getNullableType(type);
  if (isListType(bare)) return [value].flat().every((item) => defaultSurvives(item, bare.ofType, stands));
  if (isEnumType(bare)) return bare.getValues().some((each) => each.value === value && stands(`${bare.name}.${each.name}`));
  if (!isInputObjectType(bare) || typeof value !== 'object') return true;
  return Object.entries(value).every(([name, part]) => {
    const field = bare.getFields()[name];
    return field !== undefined && stands(`${bare.name}.${name}`) && defaultSurvives(part, field.type, stands);
  });
}
