import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { HubError } from '../kernel/errors.ts';
import { makeSigningJwk, type PublicJwk, publicHalf, type SigningJwk } from './jwk.ts';
import { writePrivateFile } from './private-file.ts';

const CLIENT_ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Where the private key of a client is kept on this machine. @throws HubError `BAD_USER_INPUT` for an id that is no file name. */
export function clientKeyFile(home: string, clientId: string): string {
  if (!CLIENT_ID.test(clientId))
    throw new HubError('BAD_USER_INPUT', 'a client id is 1 to 64 of a-z 0-9 . _ -, starting with a letter or digit');
  return join(home, 'clients', `${clientId}.jwk`);
}

/** The private key of a client, or null when this machine has none. */
export function findClientKey(home: string, clientId: string): SigningJwk | null {
  const path = clientKeyFile(home, clientId);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as SigningJwk) : null;
}

/** The public key of a client whose private key is here, made and kept (0600) when there is none. */
export function ensureClientKey(home: string, clientId: string): PublicJwk {
  const path = clientKeyFile(home, clientId);
  let key = findClientKey(home, clientId);
  if (!key) {
    key = makeSigningJwk();
    writePrivateFile(path, `${JSON.stringify(key)}\n`);
  }
  return publicHalf(key);
}

/** Makes a next private key beside the present one; `take` puts it in its place once its public half is registered. */
export function nextClientKey(home: string, clientId: string): { publicKey: PublicJwk; take: () => string } {
  const path = clientKeyFile(home, clientId);
  const key = makeSigningJwk();
  const draft = `${path}.next`;
  writePrivateFile(draft, `${JSON.stringify(key)}\n`);
  return {
    publicKey: publicHalf(key),
    take: () => {
      if (existsSync(path)) renameSync(path, `${path}.previous`);
      renameSync(draft, path);
      return path;
    },
  };
}
