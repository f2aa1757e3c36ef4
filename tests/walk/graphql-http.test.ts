import { type AuditResult, serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ children: [] });
});
afterAll(() => hub?.stop());

describe('GraphQL over HTTP', () => {
  it('no MUST of the specification fails over the live server', async () => {
    const authorization = `Bearer ${await hub.token('bg-coordinator', 'trace.list')}`;
    const audits = serverAudits({
      url: `${hub.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), authorization } }),
    });
    const results: AuditResult[] = [];
    for (const audit of audits) results.push(await audit.fn());
    const failed = (word: string) =>
      results
        .filter(({ status, name }) => status !== 'ok' && name.startsWith(word))
        .map(({ id, name, ...rest }) => `${id} ${name} ${'reason' in rest ? rest.reason : ''}`);
    const total = (word: string) => results.filter(({ name }) => name.startsWith(word)).length;
    console.log(
      ['MUST', 'SHOULD', 'MAY'].map((word) => `${word}: ${total(word) - failed(word).length} of ${total(word)}`).join(', '),
      failed('SHOULD'),
    );
    expect(total('MUST')).toBeGreaterThan(10);
    expect(failed('MUST')).toEqual([]);
  });
});
