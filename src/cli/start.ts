import type { Config } from '../config.ts';
import { openInstallation } from '../db/installation.ts';
import { listClients } from '../domains/oversight/agencies.ts';
import { startHub } from '../hub.ts';
import { runDemo } from './demo.ts';
import { type ExitCode, output } from './output.ts';

/** Resolves at the first Ctrl-C or termination signal. */
const stopped = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });

/** `start`: the hub until Ctrl-C. At the first start of an empty installation it loads the demonstration. */
export async function runStart(config: Config): Promise<ExitCode> {
  const asked = stopped();
  const installation = await openInstallation(config);
  try {
    const { db } = installation;
    const clients = await db.read(db.roleName('issuer'), listClients);
    if (clients.length === 0) {
      output.progress('first start: loading a demonstration of synthetic children in Bulgaria and Romania …');
      await runDemo(installation, { json: false });
    }
    const hub = await startHub(config, { installation });
    output.line(
      [
        '',
        `Obhvat listens on ${hub.url}`,
        `  explorer      ${hub.url}/explorer`,
        `  GraphQL       POST ${hub.url}/graphql`,
        '  agencies      npx obhvat client list',
        '  a token       npx obhvat token --client bg-coordinator --purpose trace.list',
        '  try it        curl -s ' +
          `${hub.url}/graphql -H "authorization: Bearer $(npx obhvat token --client bg-coordinator --purpose trace.list)" -H 'content-type: application/json' -d '{"query":"{coverageList(first:3){edges{node{coverage{status nextStep} child{givenName familyName birthYear}}}}}"}'`,
        'Ctrl-C stops it.',
        '',
      ].join('\n'),
    );
    await asked;
    process.stderr.write('stopping …\n');
    await hub.stop();
    return 0;
  } finally {
    // The hub is the one that serves: an adopted server, left over by a killed hub, stops with it too.
    await installation.close({ stopServer: config.databaseUrl === null });
  }
}
