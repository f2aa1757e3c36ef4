import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Figures for the operator; labels are outcomes, never agencies or children. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: 'obhvat_requests_total',
    help: 'GraphQL requests by outcome',
    labelNames: ['outcome'],
    registers: [this.#registry],
  });
  readonly #seconds = new Histogram({
    name: 'obhvat_request_seconds',
    help: 'Time of GraphQL requests',
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry, prefix: 'obhvat_' });
  }

  answered(outcome: string, seconds: number): void {
    this.#requests.inc({ outcome });
    this.#seconds.observe(seconds);
  }

  /** Prometheus text exposition format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}
