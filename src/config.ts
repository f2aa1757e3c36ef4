import { resolve } from 'node:path';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const schema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://').optional(),
  OBHVAT_HOME: z.string().min(1).default('./.obhvat'),
  PORT: port.default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  OBHVAT_PUBLIC_URL: z.url().optional(),
  OBHVAT_ISSUER: z.url().optional(),
  OBHVAT_VAULT_KEY: z
    .string()
    .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64')
    .optional(),
  OBHVAT_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  OBHVAT_POOL_SIZE: z.coerce.number().int().min(2).max(500).default(16),
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

/** @throws Error that lists everything wrong at once. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const read = schema.safeParse(environment);
  if (!read.success) {
    const lines = read.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`the configuration cannot be used:\n${lines.join('\n')}`);
  }
  const { data } = read;
  return Object.freeze({
    databaseUrl: data.DATABASE_URL ?? null,
    home: resolve(data.OBHVAT_HOME),
    port: data.PORT,
    host: data.HOST,
    publicUrl: data.OBHVAT_PUBLIC_URL?.replace(/\/$/, '') ?? null,
    issuer: data.OBHVAT_ISSUER ?? null,
    vaultKey: data.OBHVAT_VAULT_KEY ? Buffer.from(data.OBHVAT_VAULT_KEY, 'base64') : null,
    logLevel: data.OBHVAT_LOG_LEVEL,
    poolSize: data.OBHVAT_POOL_SIZE,
  });
}
