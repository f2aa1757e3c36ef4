import { it } from 'vitest';
import { validateOrReject, getMetadataStorage } from 'class-validator';
import { RecordConsentInput } from '../../src/domains/consents/record-consent.ts';
import { OpenCaseInput } from '../../src/domains/tracing/case-work.ts';
it('x', async () => {
  for (const C of [RecordConsentInput, OpenCaseInput]) {
    const o = Object.assign(new (C as any)(), { idempotencyKey: 'a', purposes: ['x'] });
    try { await validateOrReject(o, { forbidUnknownValues: true, whitelist: true, skipMissingProperties: true }); console.log(C.name, 'ok', o); } catch (e) { console.log(C.name, JSON.stringify(e)); }
  }
});
