import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import DataLoader from 'dataloader';
import fastify from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import { pg } from '../../src/db/sql.ts';
import { selectedFields } from '../../src/exchange/selection.ts';
import { headerMap } from '../../src/exchange/view-server.ts';
import { SCHOOL } from './scene.ts';

/** (d) A bare Apollo server on the same tables: SDL, plain resolvers, dataloaders, projected columns, bound parameters, prepared statements. No authorization of any kind. */
const pool = new pg.Pool({ connectionString: process.env.BENCH_ADMIN_URL, max: 10 });
const names = new Map<string, string>();
const query = async (text: string, values: unknown[]) => {
  if (!names.has(text)) names.set(text, `d${names.size}`);
  return (await pool.query({ name: names.get(text), text, values })).rows as Record<string, unknown>[];
};
const COLUMN: Record<string, string> = { hours: 'hours_effective' };
const columns = (fields: string[]) =>
  fields.map((field) => `t.${COLUMN[field] ?? field.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)} as "${field}"`).join(', ');
type Context = { loaders: Map<string, DataLoader<string, Record<string, unknown>[]>> };
const list =
  (table: string, order: string) =>
  (parent: { $id: string }, _args: unknown, { loaders }: Context, info: GraphQLResolveInfo) => {
    const fields = selectedFields(info);
    const key = `${table}|${fields.join()}`;
    let loader = loaders.get(key);
    if (!loader) {
      loader = new DataLoader(async (ids) => {
        const rows = await query(
          `select t.child_id as "$id", ${columns(fields)} from ${table} t where t.child_id = any($1::bigint[]) and t.is_current order by t.child_id, ${order}`,
          [ids],
        );
        const byChild = Map.groupBy(rows, (row) => row.$id as string);
        return ids.map((id) => byChild.get(id) ?? []);
      });
      loaders.set(key, loader);
    }
    return loader.load(parent.$id);
  };
const typeDefs = `type Query { children(first: Int, where: ChildFilter): ChildConnection } input ChildFilter { bornFrom: Int bornTo: Int } type ChildConnection { edges: [ChildEdge!]! } type ChildEdge { node: Child }
type Child { givenName: String patronymic: String familyName: String birthDate: String birthYear: Int sex: String settlement: String currentAddress: String enrolments: [Enrolment!] absences: [AbsenceMonth!] parentsAbroad: [ParentAbroadNotice!] }
type Enrolment { schoolYear: Int schoolId: String status: String enrolledOn: String } type AbsenceMonth { year: Int month: Int hours: Int overThreshold: Boolean } type ParentAbroadNotice { carerNamed: Boolean }`;
const LISTS = new Set(['enrolments', 'absences', 'parentsAbroad']);
const resolvers = {
  Query: {
    children: async (
      _: unknown,
      args: { first: number; where: { bornFrom: number; bornTo: number } },
      __: Context,
      info: GraphQLResolveInfo,
    ) => {
      const fields = selectedFields(info, 'edges', 'node').filter((field) => !LISTS.has(field));
      const rows = await query(
        `select t.child_id as "$id", ${columns(fields)} from hub.child t where not t.vacant and t.child_id in (select s.child_id from hub.scope_school s where s.scope_key = any($1::text[]))
         and t.birth_year >= $2 and t.birth_year <= $3 order by t.child_id limit $4`,
        [[SCHOOL], args.where.bornFrom, args.where.bornTo, args.first],
      );
      return { edges: rows.map((node) => ({ node })) };
    },
  },
  Child: {
    enrolments: list('school.enrolment', 't.school_year desc, t.enrolled_on desc nulls last, t.record_id'),
    absences: list('school.absence_month', 't.year desc, t.month desc, t.record_id'),
    parentsAbroad: list('assistance.parent_abroad_notice', 't.notified_on desc, t.record_id'),
  },
};
const server = new ApolloServer<Context>({
  typeDefs,
  resolvers,
  stopOnTerminationSignals: false,
  csrfPrevention: false,
  plugins: [ApolloServerPluginCacheControlDisabled()],
});
await server.start();
const app = fastify();
app.post('/graphql', async (request, reply) => {
  const answer = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers: headerMap(request.headers), search: '', body: request.body },
    context: async () => ({ loaders: new Map() }),
  });
  for (const [name, value] of answer.headers) reply.header(name, value);
  return reply.send(answer.body.kind === 'complete' ? answer.body.string : '');
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ url: `http://127.0.0.1:${(app.server.address() as { port: number }).port}/graphql` });
