import { Command, CommanderError } from 'commander';
import { readConfig } from '../config.ts';
import type { Installation } from '../db/installation.ts';
import { type ExitCode, output } from './output.ts';

const program = new Command('obhvat')
  .description('The hub through which agencies find the children of school age who are in no school.')
  .option('--json', 'machine-readable answers')
  .enablePositionalOptions(false)
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .showHelpAfterError();

const isJson = () => Boolean(program.opts().json) || process.argv.includes('--json');
let exitCode: ExitCode = 0;
const done = (code: ExitCode) => {
  exitCode = code;
};

/** Opens the installation for one command; a server that this command started is stopped again. */
async function withInstallation(work: (installation: Installation) => Promise<ExitCode>): Promise<void> {
  const { openInstallation } = await import('../db/installation.ts');
  const installation = await openInstallation(readConfig(process.env));
  try {
    done(await work(installation));
  } finally {
    await installation.close();
  }
}
const add = (name: string, description: string, parent: Command = program) =>
  parent.command(name).description(description).option('--json', 'machine-readable answers');
const list = (value: string, before: string[] = []) => [...before, ...value.split(',')];

add('start', 'starts the hub; loads the demonstration at the first start').action(async () => {
  const { runStart } = await import('./start.ts');
  done(await runStart(readConfig(process.env)));
});
add('migrate', 'brings the database to this version').action(() => withInstallation(async () => 0));
add('demo', '(re)loads the demonstration').action(() =>
  withInstallation(async (installation) => {
    const { runDemo } = await import('./demo.ts');
    return runDemo(installation, { json: isJson() });
  }),
);
add('import <kind> <file...>', 'hands in feeds')
  .option('--as <client>', 'as this client of an agency')
  .action((kind: string, files: string[], options: { as?: string }) =>
    withInstallation(async (installation) => {
      const { runImport } = await import('./import.ts');
      return runImport(installation, { kind, files, as: options.as, json: isJson() });
    }),
  );
add('coverage', 'derived status per child')
  .option('--as-of <date>', 'the day, YYYY-MM-DD')
  .option('--country <code>', 'BG or RO')
  .option('--municipality <code>', 'code of a municipality')
  .option('--status <status>', 'only this status; may be given more than once', list)
  .option('--summary', 'counts only')
  .action((options: { asOf?: string; country?: string; municipality?: string; status?: string[]; summary?: boolean }) =>
    withInstallation(async (installation) => {
      const { runCoverage } = await import('./coverage.ts');
      return runCoverage(installation, { ...options, json: isJson() });
    }),
  );
add('generate', 'writes synthetic feeds with truth')
  .requiredOption('--children <n>', 'how many', Number)
  .requiredOption('--out <dir>', 'where to')
  .option('--seed <n>', 'same seed, same bytes', Number, 1)
  .option('--country <code>', 'BG, RO or both', 'both')
  .action(async (options: { children: number; out: string; seed: number; country: string }) => {
    const { runGenerateCommand } = await import('./generate-command.ts');
    done(await runGenerateCommand({ ...options, json: isJson() }));
  });

const link = program.command('link').description('whose record is whose');
add('export', 'which record is of which child, for all source records', link).action(() =>
  withInstallation(async (installation) => {
    const { runLinkExport } = await import('./link.ts');
    return runLinkExport(installation);
  }),
);
add('bench', 'quality and speed of linkage on sets with a known truth', link)
  .option('--data <dir>', 'folder with linkage/ and feeds/', '../shared/data')
  .option('--records <n>', 'of the speed run; 0: none', Number, 1_000_000)
  .option('--only <text>', 'only sets whose name holds this')
  .option('--all', 'every figure, also those without a target', false)
  .action(async (options: { data: string; records: number; only?: string; all: boolean }) =>
    done(await (await import('./link-bench.ts')).runLinkBench({ ...options, json: isJson() })),
  );
add('explain <record> <record2>', 'why two records are, or are not, of one child', link)
  .option('--language <code>', 'bg, ro or en', 'en')
  .action((a: string, b: string, { language }: { language: string }) =>
    withInstallation(async (installation) =>
      (await import('./link-explain.ts')).runLinkExplain(installation, { a, b, language, json: isJson() }),
    ),
  );
add('review', 'pairs that a human should look at, the most valuable first', link)
  .option('--first <n>', 'how many', Number, 20)
  .option('--reviewer <name>', 'leaves out what this reviewer has answered')
  .option('--gold', 'questions with a known answer', false)
  .option('--quality', 'how well reviewers answer them, and agree', false)
  .action((options: { first: number; reviewer?: string; gold: boolean; quality: boolean }) =>
    withInstallation(async (installation) =>
      (await import('./link-review.ts')).runLinkReview(installation, { ...options, json: isJson() }),
    ),
  );
add('decide <record> <record2>', 'what a human says of two records', link)
  .option('--verdict <verdict>', 'same, different or unsure; not with --revoke')
  .requiredOption('--reason <text>', 'why')
  .requiredOption('--reviewer <name>', 'who says so')
  .option('--second', 'as the second of two persons', false)
  .option('--revoke', 'takes the decision back', false)
  .option('--gold', 'answers a question with a known answer', false)
  .action(
    (
      a: string,
      b: string,
      options: { verdict?: string; reason: string; reviewer: string; second: boolean; revoke: boolean; gold: boolean },
    ) =>
      withInstallation(async (installation) =>
        (await import('./link-decide.ts')).runLinkDecide(installation, { a, b, ...options, json: isJson() }),
      ),
  );
add('unlink <record> <from>', 'takes a record away from the child of another record, for good', link)
  .requiredOption('--reason <text>', 'why')
  .action((record: string, from: string, options: { reason: string }) =>
    withInstallation(async (installation) => {
      const { runUnlink } = await import('./link.ts');
      return runUnlink(installation, { record, from, reason: options.reason, json: isJson() });
    }),
  );

const client = program.command('client').description("agencies' clients");
add('add <id>', 'registers a client', client)
  .requiredOption('--agency <id>', 'of this agency')
  .requiredOption('--purpose <id>', 'mandated for; may be given more than once', list)
  .option('--key <file>', 'its public key (JWK); default: makes a pair')
  .option('--dpop', 'its tokens must be bound to a key')
  .action((id: string, options: { agency: string; purpose: string[]; key?: string; dpop?: boolean }) =>
    withInstallation(async ({ db, home }) => {
      const { runClientAdd } = await import('./client.ts');
      output.json(
        await runClientAdd({ db, home }, { id, agency: options.agency, purposes: options.purpose, key: options.key, dpop: options.dpop }),
      );
      return 0;
    }),
  );
add('list', 'lists the clients', client).action(() =>
  withInstallation(async ({ db }) => {
    const { runClientList } = await import('./client.ts');
    const clients = await runClientList({ db });
    if (isJson()) for (const each of clients) output.json(each);
    else {
      const { table } = await import('./output.ts');
      output.line(
        table([
          ['client', 'agency', 'kind', 'purposes'],
          ...clients.map((each) => [each.client, each.agency, each.kind, each.purposes.join(' ') + (each.revoked ? ' (revoked)' : '')]),
        ]),
      );
    }
    return 0;
  }),
);
add('rotate <id>', 'gives a client a new key beside the old one', client)
  .option('--key <file>', 'its new public key (JWK)')
  .option('--drop-old', 'takes the old keys away')
  .action((id: string, options: { key?: string; dropOld?: boolean }) =>
    withInstallation(async ({ db, home }) => {
      const { runClientRotate } = await import('./client.ts');
      output.json(await runClientRotate({ db, home }, { id, ...options }));
      return 0;
    }),
  );
add('token', 'a token for trying, from the running hub')
  .requiredOption('--client <id>', 'for this client')
  .requiredOption('--purpose <id>', 'for this purpose')
  .option('--case <reference>', 'case reference')
  .option('--actor <reference>', 'the person behind it; for a guardian portal the guardian')
  .option('--url <origin>', 'of the hub; default http://HOST:PORT')
  .option('--dpop', 'bound to a key')
  .action(async (options: { client: string; purpose: string; case?: string; actor?: string; url?: string; dpop?: boolean }) => {
    const { runToken } = await import('./token.ts');
    const config = readConfig(process.env);
    const answer = await runToken(
      { home: config.home },
      { ...options, url: options.url ?? config.publicUrl ?? `http://${config.host}:${config.port}` },
    );
    if (isJson()) output.json(answer);
    else {
      output.line(answer.token);
      if (answer.keyFile) process.stderr.write(`proofs are signed with ${answer.keyFile}\n`);
    }
  });

const policy = program.command('policy').description('the access rules');
add('check', 'compiles the rule files and runs their tests', policy).action(async () =>
  done(await (await import('./policy.ts')).runPolicyCheck({ json: isJson() })),
);
add('matrix', 'what each kind may do with each category', policy).action(async () =>
  done(await (await import('./policy.ts')).runPolicyMatrix({ json: isJson() })),
);
add('can <kind> <what>', 'can this kind ever refer to this field or category', policy).action(async (kind: string, what: string) =>
  done(await (await import('./policy.ts')).runPolicyCan({ kind, what, json: isJson() })),
);
add('explain <kind> <purpose> <what>', 'the rules behind one cell', policy).action(async (kind: string, purpose: string, what: string) =>
  done(await (await import('./policy.ts')).runPolicyExplain({ kind, purpose, what, json: isJson() })),
);
add('diff <file...>', 'the cells that drafts of rule files would change', policy).action(async (files: string[]) =>
  done(await (await import('./policy.ts')).runPolicyDiff({ files, json: isJson() })),
);
add('emit', 'writes the full schema and the views', policy).action(async () =>
  done(await (await import('./emit.ts')).runEmit({ json: isJson() })),
);
add('doctor', 'says what is wrong with this installation').action(async () =>
  done(await (await import('./doctor.ts')).runDoctor({ json: isJson() })),
);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? 0 : 1;
  else {
    output.endProgress();
    output.failure(error, isJson());
    exitCode = 1;
  }
}
process.exitCode = exitCode;
