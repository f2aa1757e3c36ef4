import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from 'graphql';
import { readMark } from './category-mark.ts';
import { defaultSurvives } from './default-survives.ts';
import { ownTypes } from './read-coordinates.ts';
import type { ViewPlan } from './view-plan.ts';

type Fielded = GraphQLObjectType | GraphQLInterfaceType;
type AnyField = GraphQLField<unknown, unknown>;
const isFielded = (type: GraphQLNamedType): type is Fielded => isObjectType(type) || isInterfaceType(type);

/** What of the full schema stands in a view. */
export interface Surviving {
  type(name: string): boolean;
  /** `Type.field`, `Type.field(argument:)`, `Input.field`, `Enum.VALUE`. */
  part(coordinate: string): boolean;
  implementing(type: Fielded): readonly GraphQLInterfaceType[];
  /** False when the default speaks of something that is not in the view. */
  defaultOf(input: GraphQLArgument | GraphQLInputField): boolean;
}

/**
 * Takes away, round after round until nothing changes: what the plan denies; fields whose type or required argument is gone; types that have nothing left,
 * or nothing left but structure where there was a datum; at last what no root leads to.
 */
export function surviving(schema: GraphQLSchema, plan: ViewPlan): Surviving {
  const types = ownTypes(schema);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter((type) => type != null);
  const payloads = new Set(Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) => getNamedType(field.type).name));
  const gone = new Set<string>();
  const goneTypes = new Set<string>();
  const everWorth = worth();
  const everData = new Set(types.filter(holdsData).map((type) => type.name));

  for (let before = -1; before !== gone.size + goneTypes.size; ) {
    before = gone.size + goneTypes.size;
    for (const type of types) if (!goneTypes.has(type.name)) sweep(type);
    const now = worth();
    for (const type of types) {
      // A mutation's payload stands with structure alone: permission to write does not hang on permission to read.
      if (payloads.has(type.name) || roots.some((root) => root === type)) continue;
      if (everWorth.has(type.name) && !now.has(type.name)) goneTypes.add(type.name);
      if (everData.has(type.name) && !holdsData(type)) goneTypes.add(type.name);
    }
  }
  const reachable = reach();
  return {
    type: (name) => reachable.has(name),
    part: (coordinate) => !gone.has(coordinate),
    implementing,
    defaultOf: (input) => defaultSurvives(input.defaultValue, input.type, (coordinate) => !gone.has(coordinate)),
  };

  function drop(coordinate: string, when: boolean): void {
    if (when) gone.add(coordinate);
  }

  function sweep(type: GraphQLNamedType): void {
    if (isFielded(type)) {
      for (const field of Object.values(type.getFields())) sweepField(type, field);
      if (fieldsOf(type).length === 0) goneTypes.add(type.name);
      if (isInterfaceType(type) && implementers(type).length === 0) goneTypes.add(type.name);
    } else if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      for (const field of fields)
        drop(`${type.name}.${field.name}`, !plan.permitted(`${type.name}.${field.name}`) || goneTypes.has(getNamedType(field.type).name));
      const left = fields.filter((field) => !gone.has(`${type.name}.${field.name}`));
      if (left.length === 0 || fields.some((field) => isRequiredInputField(field) && !left.includes(field))) goneTypes.add(type.name);
    } else if (isEnumType(type)) {
      for (const value of type.getValues()) drop(`${type.name}.${value.name}`, !plan.permitted(`${type.name}.${value.name}`));
      if (type.getValues().every((value) => gone.has(`${type.name}.${value.name}`))) goneTypes.add(type.name);
    } else if (isUnionType(type) && type.getTypes().every((member) => goneTypes.has(member.name))) goneTypes.add(type.name);
  }

  function sweepField(type: Fielded, field: AnyField): void {
    const at = `${type.name}.${field.name}`;
    for (const argument of field.args) {
      const coordinate = `${at}(${argument.name}:)`;
      drop(coordinate, !plan.permitted(coordinate) || goneTypes.has(getNamedType(argument.type).name));
      if (gone.has(coordinate) && isRequiredArgument(argument)) gone.add(at);
    }
    drop(at, !plan.permitted(at) || goneTypes.has(getNamedType(field.type).name));
  }

  /** A datum of its own; a count over others is not one, else a list would go with its count. */
  function holdsData(type: GraphQLNamedType): boolean {
    return isFielded(type) && fieldsOf(type).some((field) => isDatum(field) && readMark(field)?.verb !== 'aggregate');
  }

  function fieldsOf(type: Fielded): AnyField[] {
    return Object.values(type.getFields()).filter((field) => !gone.has(`${type.name}.${field.name}`));
  }

  function implementing(type: Fielded): GraphQLInterfaceType[] {
    return type
      .getInterfaces()
      .filter((face) => !goneTypes.has(face.name) && fieldsOf(face).every((field) => !gone.has(`${type.name}.${field.name}`)));
  }

  function implementers(face: GraphQLInterfaceType): GraphQLObjectType[] {
    return schema.getPossibleTypes(face).filter((type) => !goneTypes.has(type.name) && implementing(type).includes(face));
  }

  /** Types that hold a datum, or structure that leads to one. */
  function worth(): Set<string> {
    const worthy = new Set<string>();
    for (let before = -1; before !== worthy.size; ) {
      before = worthy.size;
      for (const type of types) {
        if (goneTypes.has(type.name)) continue;
        const parts = isUnionType(type) ? type.getTypes() : isInterfaceType(type) ? schema.getPossibleTypes(type) : [];
        const holds = isFielded(type) && fieldsOf(type).some((field) => isDatum(field) || worthy.has(getNamedType(field.type).name));
        if (holds || parts.some((part) => worthy.has(part.name))) worthy.add(type.name);
      }
    }
    return worthy;
  }

  function reach(): Set<string> {
    const found = new Set<string>();
    const visit = (type: GraphQLNamedType): void => {
      if (found.has(type.name) || goneTypes.has(type.name)) return;
      found.add(type.name);
      if (isUnionType(type)) type.getTypes().forEach(visit);
      if (isInterfaceType(type)) implementers(type).forEach(visit);
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields())) if (!gone.has(`${type.name}.${field.name}`)) visit(getNamedType(field.type));
      if (!isFielded(type)) return;
      implementing(type).forEach(visit);
      for (const field of fieldsOf(type)) {
        visit(getNamedType(field.type));
        for (const argument of field.args)
          if (!gone.has(`${type.name}.${field.name}(${argument.name}:)`)) visit(getNamedType(argument.type));
      }
    };
    roots.forEach(visit);
    return found;
  }
}

const isDatum = (field: AnyField): boolean => (readMark(field)?.is ?? 'plumbing') !== 'plumbing';
