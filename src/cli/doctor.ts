import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { openInstallation } from '../db/installation.ts';
import { listClients } from '../domains/oversight/agencies.ts';
import { blueprint } from '../hub.ts';
import { type ExitCode, output } from './output.ts';

interface Finding {
  check: string;
  ok: boolean;
  detail: string;
}

async function look(check: string, work: () => Promise<string> | string): Promise<Finding> {
  try {
    return { check, ok: true, detail: await work() };
  } catch (error) {
    return { check, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

/** `doctor`: each part of the installation, and what to do about what is wrong. Exit 1 when something is. */
export async function runDoctor(options: { json: boolean }): Promise<ExitCode> {
  const findings: Finding[] = [await look('node', () => process.version)];
  findings.push(await look('configuration', () => `home ${readConfig(process.env).home}`));
  findings.push(await look('policy', async () => `compiles: ${(await blueprint()).policy.views.length} views`));
  if (findings.every(({ ok }) => ok)) {
    const config = readConfig(process.env);
    findings.push(
      await look('secrets', () => {
        for (const name of ['vault.key', 'app.password']) {
          const file = join(config.home, 'keys', name);
          if (existsSync(file) && (statSync(file).mode & 0o077) !== 0) throw new Error(`${file} is readable by others: chmod 600 ${file}`);
        }
        return 'readable by their owner alone';
      }),
    );
    findings.push(
      await look('database', async () => {
        const installation = await openInstallation(config);
        try {
          const { db } = installation;
          const clients = await db.read(db.roleName('issuer'), listClients);
          const refused = await db.pool.query('select child_id from hub.child limit 1').then(
            () => false,
            () => true,
          );
          if (!refused) throw new Error('the pool user can read without a role: it must have no grant of its own and NOINHERIT');
          return `migrated; ${clients.length} clients${clients.length === 0 ? ': npx obhvat demo loads the demonstration' : ''}`;
        } finally {
          await installation.close();
        }
      }),
    );
  }
  if (options.json) output.json(findings);
  else for (const { check, ok, detail } of findings) output.line(`${ok ? 'ok   ' : 'WRONG'} ${check}: ${detail}`);
  return findings.every(({ ok }) => ok) ? 0 : 1;
}
