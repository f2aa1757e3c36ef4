import { createServer } from 'node:http';
import { grafserv } from 'grafserv/node';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { makeV4Preset } from 'postgraphile/presets/v4';
import { SCHOOL } from './scene.ts';

/** (c) PostGraphile 5 on the same tables: row-level security for the scope and safeguarding, column grants, the role and the school set for each request. */
const preset = {
  extends: [
    PostGraphileAmberPreset,
    makeV4Preset({ simpleCollections: 'only', disableDefaultMutations: true, ignoreRBAC: false, ignoreIndexes: true }),
  ],
  pgServices: [
    makePgService({
      connectionString: process.env.BENCH_PG_URL as string,
      schemas: ['hub', 'school', 'assistance'],
      poolConfig: { max: 10 },
    }),
  ],
  grafserv: { watch: false, graphqlPath: '/graphql', graphiql: false },
  grafast: { explain: false, context: () => ({ pgSettings: { role: 'bench_reader', 'bench.school': SCHOOL } }) },
  disablePlugins: ['NodePlugin'],
};
const instance = postgraphile(preset as never);
const serv = instance.createServ(grafserv);
const server = createServer();
await serv.addTo(server);
server.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${(server.address() as { port: number }).port}/graphql` }));
