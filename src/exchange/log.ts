import { randomBytes } from 'node:crypto';
import { type Logger, pino } from 'pino';

/** The hub's log: JSON lines on standard output, of codes and counts. */
export const createLogger = (level: string): Logger => pino({ level, base: { service: 'obhvat' } });

/** Logs what kind of failure an unknown error was and gives the reference that the caller is told. Messages and details of the database repeat values, so they stay out. */
export function logUnknown(logger: Logger, cause: unknown): string {
  const reference = randomBytes(6).toString('hex');
  const { name, code, constraint, table, stack } = (cause ?? {}) as Record<string, unknown>;
  const at = String(stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 5);
  logger.error({ reference, name, code, constraint, table, at }, 'unknown error');
  return reference;
}
