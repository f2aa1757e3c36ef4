/** The part of oidc-provider 9 that this hub uses; the package has no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface ProviderClient {
    readonly clientId: string;
    readonly [metadata: string]: unknown;
  }
  export interface ProviderContext {
    method: string;
    path: string;
    readonly request: object;
    status: number;
    type: string;
    body: unknown;
    readonly oidc?: {
      readonly route?: string;
      readonly body?: Record<string, string | string[] | undefined>;
      readonly params?: Record<string, unknown>;
      readonly client?: ProviderClient;
    };
  }
  export interface ProviderToken {
    readonly kind: string;
    readonly scope?: string;
  }
  export interface ProviderAdapter {
    upsert(id: string, payload: object, expiresIn?: number): Promise<void>;
    find(id: string): Promise<object | undefined>;
    findByUid(uid: string): Promise<object | undefined>;
    findByUserCode(code: string): Promise<object | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }
  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    readonly issuer: string;
    silent: boolean;
    proxy: boolean;
    /** One-time use of assertions (by client) and of proofs (by client); true the first time. */
    readonly ReplayDetection: { unique(issuer: string, jti: string, expiresAt: number): Promise<boolean> };
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    use(middleware: (ctx: ProviderContext, next: () => Promise<void>) => Promise<void>): this;
    on(event: 'server_error', listener: (ctx: ProviderContext, error: Error) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }
  export const errors: Record<'InvalidScope', new (description: string, scope?: string) => Error> &
    Record<'InvalidRequest', new (description: string) => Error> &
    Record<'InvalidTarget' | 'InvalidClientAuth', new (detail?: string) => Error>;
}
