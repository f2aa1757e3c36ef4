import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { type Answer, type Ask, askWith, readToken } from './ask.ts';

const WHO = '{ me { agency kind purpose case } }';
const FIRST_QUERY = `# What you see follows from your agency and the purpose of your token.
{
  me {
    agency
    agencyName
    kind
    purpose
    case
  }
  policy {
    title
    law
    legalBasis
    scopes
  }
}
`;
const NO_TOKEN = 'This is no token. · Това не е токен. · Acesta nu este un jeton.';
const UNREACHABLE = 'The hub does not answer. · Услугата не отговаря. · Serviciul nu răspunde.';

const find = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const form = find<HTMLFormElement>('token-form');
const token = find<HTMLInputElement>('token');
const reason = find<HTMLInputElement>('reason');
const who = find<HTMLOutputElement>('who');
let root: ReturnType<typeof createRoot> | null = null;

function say(text: string, failed: boolean): void {
  who.textContent = text;
  who.classList.toggle('failed', failed);
}

/** Another agency or purpose starts with an empty editor: its answers must not stand beside those of the one before. */
function show(ask: Ask, caller: string): void {
  root ??= createRoot(find('explorer'));
  root.render(
    createElement(
      GraphiQL,
      {
        key: caller,
        fetcher: ask,
        // Neither queries nor their variables, which may hold a child's number, are left behind in the browser.
        storage: null,
        plugins: [],
        defaultQuery: FIRST_QUERY,
        isHeadersEditorEnabled: false,
        showPersistHeadersSettings: false,
      },
      createElement(GraphiQL.Logo, null, ''),
    ),
  );
}

function callerOf({ data, errors }: Answer): string | null {
  const me = data?.me as Record<string, string | null> | null | undefined;
  if (me) return [me.agency, me.kind, me.purpose, me.case].filter((part) => part).join(' · ');
  const [first] = errors ?? [];
  say([first?.extensions?.code, first?.message].filter((part) => part).join(': '), true);
  return null;
}

async function apply(): Promise<void> {
  const given = readToken(token.value);
  if (!given) return say(NO_TOKEN, true);
  const ask = askWith(given, () => reason.value);
  say('…', false);
  try {
    const caller = callerOf(await ask({ query: WHO }));
    if (!caller) return;
    token.value = '';
    say(caller, false);
    for (const id of ['forget', 'reason-line']) find(id).hidden = false;
    show(ask, caller);
  } catch {
    say(UNREACHABLE, true);
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void apply();
});
// Loading the page anew is the one sure way to leave nothing of the token and the answers in its memory.
find('forget').addEventListener('click', () => location.reload());
