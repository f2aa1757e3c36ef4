import { resolve } from 'node:path';
import { z } from 'zod';

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));
const isLoopback = (host: string) => ['localhost', '127.0.0.1', '[::1]'].includes(host);
const parsed = (text: string) => URL.parse(text);
// Tokens and keys go over these: TLS, or this machine itself.
const isSafe = (text: string) => {
  const url = parsed(text);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
};

const schema = z.object({
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:$/.test(parsed(text)?.protocol ?? ''), 'must be the address of a PostgreSQL: postgres://…')
    .optional(),
  OBHVAT_HOME: z.string().default('./.obhvat'),
  PORT: whole(0, 65_535).optional(),
  HOST: z.string().default('127.0.0.1'),
  OBHVAT_PUBLIC_URL: z
    .string()
    .refine((text) => parsed(text)?.origin === text.replace(/\/$/, ''), 'must be an origin without a path, as in https://hub.example')
    .optional(),
  OBHVAT_ISSUER: z.string().refine(isSafe, 'must be an https:// address (http:// only on this machine)').optional(),
  OBHVAT_VAULT_KEY: z
    .string()
    .refine((text) => /^[A-Za-z0-9+/]{43}=?$/.test(text), 'must be 32 bytes in base64')
    .optional(),
  OBHVAT_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be fatal, error, warn, info, debug or silent')
    .default('info'),
  OBHVAT_POOL_SIZE: whole(2, 500).optional(),
});

/** What the environment says, checked, frozen. */
export interface Config {
  /** Address of an administrator of any PostgreSQL ≥ 15; null: the embedded server. */
  readonly databaseUrl: string | null;
  /** Folder of secrets, keys and the embedded database. */
  readonly home: string;
  readonly port: number;
  readonly host: string;
  /** Origin by which callers know the hub; default `http://HOST:PORT`. */
  readonly publicUrl: string | null;
  /** An outside issuer; null: the embedded one. */
  readonly issuer: string | null;
  readonly vaultKey: Buffer | null;
  readonly logLevel: string;
  readonly poolSize: number;
}

/**
 * The configuration from the environment; a variable that is empty counts as absent.
 * @throws Error that lists everything wrong at once, by the names of the variables and never with their values: some are secrets.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const read = schema.safeParse(given);
  if (!read.success) {
    const lines = read.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
    throw new Error(`the configuration cannot be used:\n${lines.join('\n')}`);
  }
  const { data } = read;
  return Object.freeze({
    databaseUrl: data.DATABASE_URL ?? null,
    home: resolve(data.OBHVAT_HOME),
    port: data.PORT ?? 4000,
    host: data.HOST,
    publicUrl: data.OBHVAT_PUBLIC_URL?.replace(/\/$/, '') ?? null,
    issuer: data.OBHVAT_ISSUER ?? null,
    vaultKey: data.OBHVAT_VAULT_KEY ? Buffer.from(data.OBHVAT_VAULT_KEY, 'base64') : null,
    logLevel: data.OBHVAT_LOG_LEVEL,
    poolSize: data.OBHVAT_POOL_SIZE ?? 16,
  });
}
