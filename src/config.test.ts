import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const reason = (environment: NodeJS.ProcessEnv) => {
  try {
    readConfig(environment);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the configuration', () => {
  test('needs nothing from the environment', () => {
    expect(readConfig({})).toEqual({
      databaseUrl: null,
      home: resolve('.obhvat'),
      port: 4000,
      host: '127.0.0.1',
      publicUrl: null,
      issuer: null,
      vaultKey: null,
      logLevel: 'info',
      poolSize: 16,
    });
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  test('takes an empty variable for an absent one', () => {
    expect(readConfig({ PORT: '', OBHVAT_HOME: ' ', DATABASE_URL: '' })).toEqual(readConfig({}));
  });

  test('reads what is set', () => {
    const key = randomBytes(32);
    const config = readConfig({
      PORT: '0',
      OBHVAT_VAULT_KEY: key.toString('base64'),
      DATABASE_URL: 'postgres:///obhvat?host=/run/postgresql',
      OBHVAT_PUBLIC_URL: 'https://hub.example/',
    });
    expect(config).toMatchObject({
      port: 0,
      vaultKey: key,
      databaseUrl: 'postgres:///obhvat?host=/run/postgresql',
      publicUrl: 'https://hub.example',
    });
  });

  test('lists every error at once, and no value', () => {
    const wrong = {
      PORT: '4000x',
      DATABASE_URL: 'mysql://root:secret-word@db/hub',
      OBHVAT_VAULT_KEY: 'c2VjcmV0LXdvcmQ=',
      OBHVAT_ISSUER: 'http://issuer.example',
      OBHVAT_LOG_LEVEL: 'loud',
      OBHVAT_POOL_SIZE: '1',
      OBHVAT_PUBLIC_URL: 'https://hub.example/graphql',
    };
    const said = reason(wrong);
    for (const name of Object.keys(wrong)) expect(said).toContain(`  ${name} must `);
    expect(said).not.toMatch(/secret-word|c2VjcmV0|loud|4000x/);
  });
});
