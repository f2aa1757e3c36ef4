import { createHash } from 'node:crypto';
import { HubError } from '../kernel/errors.ts';
import type { Exchange, Transactor } from './context.ts';

/**
 * Does a mutation's work once for each idempotency key of a client: a repeated request gets the first one's result, in the transaction of the work itself.
 * @param work gives what the answer is built from: numbers of objects, never values.
 * @throws HubError IDEMPOTENCY_KEY_REUSED when the key was used for other input.
 */
export async function idempotent<T extends object>(
  exchange: Exchange,
  operation: string,
  input: { idempotencyKey: string },
  work: (transactor: Transactor) => Promise<T>,
): Promise<T> {
  const hash = createHash('sha256').update(operation).update('\0').update(JSON.stringify(input)).digest();
  const { clientId } = exchange.caller;
  return exchange.write(async (transactor) => {
    const claimed = await transactor.query(
      'insert into hub.idempotency (client_id, key, operation_hash) values ($1, $2, $3) on conflict do nothing returning key',
      [clientId, input.idempotencyKey, hash],
    );
    if (claimed.length === 0) {
      const [known] = await transactor.query<{ operation_hash: Buffer; response: T }>(
        'select operation_hash, response from hub.idempotency where client_id = $1 and key = $2',
        [clientId, input.idempotencyKey],
      );
      if (!known?.operation_hash.equals(hash) || !known.response) throw new HubError('IDEMPOTENCY_KEY_REUSED');
      return known.response;
    }
    const response = await work(transactor);
    await transactor.query('update hub.idempotency set response = $3 where client_id = $1 and key = $2', [
      clientId,
      input.idempotencyKey,
      JSON.stringify(response),
    ]);
    return response;
  });
}
