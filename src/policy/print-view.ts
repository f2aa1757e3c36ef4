import {
  type ConstDirectiveNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InputObjectTypeDefinitionNode,
  Kind,
  lexicographicSortSchema,
  parse,
  parseConstValue,
  print,
  printSchema,
  visit,
} from 'graphql';
import { conditionName } from './outcome.ts';
import { readCoordinates } from './read-coordinates.ts';
import type { ViewPlan } from './view-plan.ts';

const DIRECTIVES = `"""What kind of datum this is."""
directive @category(is: String!, subject: String, verb: String, sources: [String!]) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE

"""What is looked at for each child before the value is released."""
directive @residual(conditions: [String!]!) on FIELD_DEFINITION

`;

/** The view as SDL for `schema/views/`, sorted, so that a change of policy is a readable diff: who, why and by which law, then what, with categories and conditions. */
export function printView(view: GraphQLSchema, plan: ViewPlan): string {
  const categories = new Map(readCoordinates(view).coordinates.map((each) => [each.coordinate, each]));
  const marks = (coordinate: string, stated?: string): ConstDirectiveNode[] => {
    const each = categories.get(coordinate);
    const outcome = plan.outcomes.get(coordinate);
    const made: ConstDirectiveNode[] = [];
    if (each && each.category !== 'plumbing') {
      const verb = each.verb === 'read' ? undefined : each.verb;
      made.push(directive('category', { is: each.category, subject: each.subject, verb, sources: each.sources }));
    }
    if (outcome?.effect === 'PERMIT_IF' && stated === 'field')
      made.push(directive('residual', { conditions: outcome.conditions.map(conditionName) }));
    return made;
  };
  const document = visit(parse(printSchema(lexicographicSortSchema(view))), {
    ObjectTypeDefinition: { leave: (node) => ({ ...node, fields: node.fields?.map((field) => markField(node.name.value, field)) }) },
    InterfaceTypeDefinition: { leave: (node) => ({ ...node, fields: node.fields?.map((field) => markField(node.name.value, field)) }) },
    InputObjectTypeDefinition: { leave: (node) => markParts(node) },
    EnumTypeDefinition: { leave: (node) => markParts(node) },
  });
  return `${header(plan)}\n${DIRECTIVES}${print(document)}\n`;

  function markField(type: string, field: FieldDefinitionNode): FieldDefinitionNode {
    const at = `${type}.${field.name.value}`;
    return {
      ...field,
      directives: [...(field.directives ?? []), ...marks(at, 'field')],
      arguments: field.arguments?.map((argument) => ({
        ...argument,
        directives: [...(argument.directives ?? []), ...marks(`${at}(${argument.name.value}:)`)],
      })),
    };
  }

  function markParts(node: InputObjectTypeDefinitionNode | EnumTypeDefinitionNode): InputObjectTypeDefinitionNode | EnumTypeDefinitionNode {
    const marked = <T extends { name: { value: string }; directives?: readonly ConstDirectiveNode[] }>(part: T): T => ({
      ...part,
      directives: [...(part.directives ?? []), ...marks(`${node.name.value}.${part.name.value}`)],
    });
    return node.kind === Kind.ENUM_TYPE_DEFINITION
      ? { ...node, values: node.values?.map(marked) }
      : { ...node, fields: node.fields?.map(marked) };
  }
}

function directive(name: string, values: Record<string, string | readonly string[] | undefined>): ConstDirectiveNode {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: given.map(([key, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: key },
      value: parseConstValue(JSON.stringify(value)),
    })),
  };
}

function header({ kind, purpose, info, scopes }: ViewPlan): string {
  const { title, law, basis, instrument, notice } = info;
  const demands = [info.caseRequired && 'a case reference', info.reasonRequired && 'a written reason'].filter(Boolean);
  return [
    `${kind} for ${purpose}: ${title}`,
    ...law.map(({ country, act, article }) => `law (${country}): ${act}, ${article}`),
    `legal basis: GDPR Art. ${basis.gdpr6}${basis.gdpr9 ? `, Art. ${basis.gdpr9}` : ''}; ${basis.national}`,
    `instrument: ${instrument.reference}, published ${instrument.published}`,
    `notice: ${notice.reference}, version ${notice.version}`,
    `children in reach: ${scopes.join(' or ')}; asks for ${demands.join(' and ') || 'nothing more'}; the family sees the access ${info.guardianSees}; kept ${info.retentionDays} days`,
    'Emitted from schema/policy; not edited by hand.',
  ]
    .map((line) => `# ${line}\n`)
    .join('');
}
