import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

const DOMAINS = join(ROOT, 'src', 'domains');
const rooms = readdirSync(DOMAINS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe.each(rooms)('the room %s', (room) => {
  const readme = join(DOMAINS, room, 'README.md');

  it('says in a dozen lines whose it is, what it holds and by what law', () => {
    expect(existsSync(readme), `${room}/README.md`).toBe(true);
    const lines = readFileSync(readme, 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(16);
    for (const part of ['**Agency:**', '**Records:**', '**Law:**'])
      expect(
        lines.some((line) => line.startsWith(part)),
        part,
      ).toBe(true);
  });

  it('stands in the glossary or the contributing guide', () => {
    const guides = ['GLOSSARY.md', 'CONTRIBUTING.md'].map((name) => readFileSync(join(ROOT, name), 'utf8')).join('\n');
    expect(guides).toContain(`\`${room}\``);
  });
});
