import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  assertValidSchema,
  type GraphQLArgumentConfig,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  type GraphQLNamedType,
  GraphQLObjectType,
  type GraphQLSchema,
  GraphQLUnionType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { type Discretion, discretion } from './discretion.ts';
import { type Surviving, surviving } from './surviving.ts';
import type { ViewPlan } from './view-plan.ts';

/**
 * The schema of one kind of agency under one purpose: what is not permitted is not there, in fields, arguments, inputs, enum values, types and descriptions.
 * Resolvers and extensions are kept. @throws Error when nothing is left to ask for, or when the full schema is such that the rest is no valid schema.
 */
export function buildView(schema: GraphQLSchema, plan: ViewPlan): GraphQLSchema {
  const left = surviving(schema, plan);
  const queryName = schema.getQueryType()?.name;
  if (queryName === undefined || !left.type(queryName)) throw new Error(`the view ${plan.id} is empty: no root field is permitted`);
  const words = discretion(schema, left);
  const view = mapSchema(schema, {
    [MapperKind.TYPE]: (type) => (isSpecifiedScalarType(type) ? undefined : left.type(type.name) ? reduce(type, left, words) : null),
    // The categories are for us and for the printed view; a caller's introspection need not know that there are any.
    [MapperKind.DIRECTIVE]: (directive) => (directive.name === 'category' ? null : undefined),
  });
  assertValidSchema(view);
  return view;
}

function reduce(type: GraphQLNamedType, left: Surviving, words: Discretion): GraphQLNamedType {
  const said = { description: words.keep(type.description), astNode: undefined, extensionASTNodes: [] };
  if (isObjectType(type)) {
    const config = type.toConfig();
    return new GraphQLObjectType({
      ...config,
      ...said,
      interfaces: [...left.implementing(type)],
      fields: fields(type.name, config.fields, left, words),
    });
  }
  if (isInterfaceType(type)) {
    const config = type.toConfig();
    return new GraphQLInterfaceType({
      ...config,
      ...said,
      interfaces: [...left.implementing(type)],
      fields: fields(type.name, config.fields, left, words),
    });
  }
  if (isInputObjectType(type)) {
    const config = type.toConfig();
    const inputs = type.getFields();
    return new GraphQLInputObjectType({
      ...config,
      ...said,
      fields: standing(
        config.fields,
        (name) => `${type.name}.${name}`,
        left,
        (field, name) => ({
          ...field,
          description: words.keep(field.description),
          deprecationReason: words.keepReason(field.deprecationReason),
          defaultValue: inputs[name] && left.defaultOf(inputs[name]) ? field.defaultValue : undefined,
        }),
      ),
    });
  }
  if (isEnumType(type)) {
    const config = type.toConfig();
    return new GraphQLEnumType({
      ...config,
      ...said,
      values: standing(
        config.values,
        (name) => `${type.name}.${name}`,
        left,
        (value) => ({
          ...value,
          description: words.keep(value.description),
          deprecationReason: words.keepReason(value.deprecationReason),
        }),
      ),
    });
  }
  if (isUnionType(type))
    return new GraphQLUnionType({ ...type.toConfig(), ...said, types: type.getTypes().filter((member) => left.type(member.name)) });
  return type;
}

function fields(
  type: string,
  all: GraphQLFieldConfigMap<unknown, unknown>,
  left: Surviving,
  words: Discretion,
): GraphQLFieldConfigMap<unknown, unknown> {
  return standing(
    all,
    (name) => `${type}.${name}`,
    left,
    (field: GraphQLFieldConfig<unknown, unknown>, name) => ({
      ...field,
      description: words.keep(field.description),
      deprecationReason: words.keepReason(field.deprecationReason),
      args: standing(
        field.args ?? {},
        (argument) => `${type}.${name}(${argument}:)`,
        left,
        (argument: GraphQLArgumentConfig, argumentName) => ({
          ...argument,
          description: words.keep(argument.description),
          deprecationReason: words.keepReason(argument.deprecationReason),
          defaultValue: left.defaultOf({ ...argument, name: argumentName } as never) ? argument.defaultValue : undefined,
        }),
      ),
    }),
  );
}

function standing<T>(
  all: Readonly<Record<string, T>>,
  coordinate: (name: string) => string,
  left: Surviving,
  made: (part: T, name: string) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(all)
      .filter(([name]) => left.part(coordinate(name)))
      .map(([name, part]) => [name, made(part, name)]),
  );
}
