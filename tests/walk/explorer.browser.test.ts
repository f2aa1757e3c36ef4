import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/db/package-path.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

const CHROMIUM = '/usr/bin/chromium';
const present = existsSync(CHROMIUM);
// In CI a missing browser is a failure; elsewhere these tests say what they lack.
const skipped = present || process.env.CI === 'true' ? false : `${CHROMIUM} is not installed`;
if (skipped) console.info(`explorer: skipped, ${skipped}`);

const QUIET = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const ALONE = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
const SLOW = { timeout: 45_000 };

describe.skipIf(skipped)('the pages in a browser', () => {
  let hub: TestHub;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let asked: string[];

  beforeAll(async () => {
    if (!existsSync(packagePath('dist/console/explorer.html'))) throw new Error('the console is not built: npm run build');
    [hub, browser] = await Promise.all([startTestHub(), chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, ...ALONE] })]);
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });
  beforeEach(async () => {
    [complaints, asked] = [[], []];
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    context.on('request', (request) => asked.push(request.url()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
  });
  afterEach(() => context?.close());

  const elsewhere = () => asked.filter((url) => !url.startsWith(`${hub.url}/`) && !url.startsWith('data:'));
  /** What the browser would keep after the page is closed. */
  const kept = () => page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])');
  const present = async (token: string) => {
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Apply' }).click();
  };
  const write = async (query: string) => {
    await page.locator('.graphiql-query-editor .view-lines').click(SLOW);
    await page.keyboard.press('ControlOrMeta+A');
    // As hands do it: the editor closes each brace itself.
    await page.keyboard.type(query);
  };
  const answerHas = (text: string) => page.locator('.graphiql-response .view-lines').filter({ hasText: text }).waitFor(SLOW);

  it('say in three languages what the hub is, without a script', async () => {
    await page.goto(hub.url);
    expect(await page.locator('main section').evaluateAll((all) => all.map((each) => each.getAttribute('lang')))).toEqual([
      'bg',
      'ro',
      'en',
    ]);
    await page.screenshot({ path: join(tmpdir(), 'obhvat-page.png'), fullPage: true });
    for (const address of ['/explorer', '/schema.graphql', '/health']) expect(await page.locator(`a[href="${address}"]`).count()).toBe(3);
    expect(await page.locator('script').count()).toBe(0);
    expect([complaints, elsewhere()]).toEqual([[], []]);
  });

  it('show, without a token, how to get one and nothing else', async () => {
    await page.goto(`${hub.url}/explorer`);
    await page.getByText('npx obhvat token --client bg-coordinator --purpose trace.list').waitFor();
    await page.screenshot({ path: join(tmpdir(), 'obhvat-explorer-without-token.png') });
    expect(await page.locator('.graphiql-container').count()).toBe(0);
    expect(asked.filter((url) => url.includes('/graphql'))).toEqual([]);
    await present('жетон');
    await page.getByText('This is no token').waitFor();
    expect([complaints, elsewhere()]).toEqual([[], []]);
  });

  it('run a query with a pasted token, and keep and send elsewhere nothing', async () => {
    const token = await hub.token('bg-coordinator', 'trace.list');
    await page.goto(`${hub.url}/explorer`);
    await present(`Bearer ${token}`);
    await page.locator('#who').getByText('bg-coordinator · coordinator · trace.list').waitFor(SLOW);
    await write('{ me { kind');
    // The button may lie below the suggestions.
    await page.keyboard.press('Control+Enter');
    await answerHas('"kind": "coordinator"');
    await page.screenshot({ path: join(tmpdir(), 'obhvat-explorer.png') });
    expect([complaints, elsewhere()]).toEqual([[], []]);
    expect(await kept()).toBe('[{},{},""]');
    expect(await context.storageState()).toEqual({ cookies: [], origins: [] });
    expect(page.url()).toBe(`${hub.url}/explorer`);
    expect(await page.getByLabel('Token').inputValue()).toBe('');
  });

  it('complete a field from the caller’s own view, and name no field outside of it', async () => {
    await page.goto(`${hub.url}/explorer`);
    await present(await hub.token('bg-coordinator', 'trace.list'));
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click(SLOW);
    await page.locator('.graphiql-doc-explorer').getByText('Query').first().click(SLOW);
    await page.locator('.graphiql-doc-explorer').getByText('coverageList').first().waitFor(SLOW);
    await write('{ cover');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget').getByText('coverageList').first().waitFor(SLOW);
    await page.screenshot({ path: join(tmpdir(), 'obhvat-explorer-completion.png') });
    expect(await page.locator('.suggest-widget').getByText('accessMatrix').count()).toBe(0);
    expect([complaints, elsewhere()]).toEqual([[], []]);
  });

  it('name the refusal of a token that the hub does not take, and forget on demand', async () => {
    await page.goto(`${hub.url}/explorer`);
    await present('eyJhbGciOiJub25lIn0.e30.');
    await page.locator('#who.failed').getByText('UNAUTHENTICATED').waitFor(SLOW);
    expect(await page.locator('.graphiql-container').count()).toBe(0);
    await present(await hub.token('bg-coordinator', 'trace.list'));
    await page.locator('.graphiql-container').waitFor(SLOW);
    await page.getByRole('button', { name: 'Forget' }).click();
    await page.getByText('npx obhvat token').waitFor();
    expect(await page.locator('.graphiql-container').count()).toBe(0);
    expect(elsewhere()).toEqual([]);
  });
});

describe('what is served with the pages', () => {
  it('names no address outside of the hub that a page would load', () => {
    const folder = packagePath('dist/console');
    if (!existsSync(folder)) return expect(process.env.CI).not.toBe('true');
    const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(html|css)$/.test(file));
    const outside = /(?:src|href)="(?:https?:)?\/\/|url\(\s*["']?(?:https?:)?\/\/|@import/;
    expect(texts.filter((file) => outside.test(readFileSync(join(folder, file), 'utf8')))).toEqual([]);
  });
});
