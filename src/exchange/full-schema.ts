import { DirectiveLocation, GraphQLDirective, GraphQLList, GraphQLNonNull, type GraphQLSchema, GraphQLString } from 'graphql';
import { buildSchema, type NonEmptyArray } from 'type-graphql';

const category = new GraphQLDirective({
  name: 'category',
  description: 'What kind of datum this is, whose it is, and by which verb it is referred to.',
  locations: [DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.ARGUMENT_DEFINITION, DirectiveLocation.INPUT_FIELD_DEFINITION],
  args: {
    is: { type: new GraphQLNonNull(GraphQLString) },
    subject: { type: GraphQLString },
    verb: { type: GraphQLString },
    sources: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)) },
  },
});

/** A class of resolvers, as the rooms export them. */
export type ResolverClass = new () => object;

/** The full schema, from the rooms' resolvers. No caller ever sees it: each gets its view. */
export function fullSchema(resolvers: NonEmptyArray<ResolverClass>): Promise<GraphQLSchema> {
  return buildSchema({ resolvers, directives: [category], validate: { forbidUnknownValues: true, whitelist: true } });
}
