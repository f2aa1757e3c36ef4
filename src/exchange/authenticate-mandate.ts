import type { Clock } from '../kernel/clock.ts';
import { refuse } from './authenticate-failure.ts';
import type { ClientDirectory, RegisteredClient } from './authenticate-ports.ts';
import type { VerifiedToken } from './authenticate-token.ts';

/** Milliseconds after which a withdrawn mandate or a revoked client stops for certain. */
export const MANDATE_KEPT_MS = 5_000;
const KEPT_CLIENTS = 5_000;

/** A directory that remembers each answer for `keptMs`, counted from when it was asked; concurrent questions share one look-up. */
export function rememberingDirectory(directory: ClientDirectory, clock: Clock, keptMs = MANDATE_KEPT_MS): ClientDirectory {
  const kept = new Map<string, { asked: number; answer: Promise<RegisteredClient | null> }>();
  return {
    findClient(clientId) {
      const now = clock.now();
      const known = kept.get(clientId);
      if (known && now - known.asked < keptMs) return known.answer;
      kept.delete(clientId);
      if (kept.size >= KEPT_CLIENTS) {
        const oldest = kept.keys().next();
        if (!oldest.done) kept.delete(oldest.value);
      }
      const entry = { asked: now, answer: directory.findClient(clientId) };
      kept.set(clientId, entry);
      entry.answer.catch(() => {
        if (kept.get(clientId) === entry) kept.delete(clientId);
      });
      return entry.answer;
    },
  };
}

/**
 * Compares a token with the registration of its client as it is now.
 * @throws HubError `UNAUTHENTICATED` for an unknown, revoked or differently registered client; `PURPOSE_NOT_MANDATED` without a mandate.
 */
export function checkMandate(token: VerifiedToken, client: RegisteredClient | null): RegisteredClient {
  if (!client) refuse('CLIENT_UNKNOWN');
  if (client.revoked) refuse('CLIENT_REVOKED');
  if ((token.agency !== null && token.agency !== client.agency.id) || (token.kind !== null && token.kind !== client.agency.kind))
    refuse('CLIENT_MISMATCH');
  if (client.dpopRequired && token.jkt === null) refuse('SENDER_CONSTRAINT_MISSING');
  if (!client.purposes.includes(token.purpose)) refuse('PURPOSE_NOT_MANDATED');
  return client;
}
