/** What this page uses of packages that come without types, and of files that Vite turns into modules. */
declare module 'react' {
  export type Element = object;
  export function createElement<P extends object>(
    type: (props: P) => unknown,
    props: (P & { key?: string }) | null,
    ...children: unknown[]
  ): Element;
}
declare module 'react-dom/client' {
  export function createRoot(container: globalThis.Element): { render(element: object): void; unmount(): void };
}
declare module 'graphiql' {
  export const GraphiQL: ((props: {
    fetcher: (operation: import('./ask.ts').Operation) => unknown;
    /** Null keeps nothing; left out, everything goes into localStorage. */
    storage: null;
    plugins: [];
    defaultQuery: string;
    isHeadersEditorEnabled: false;
    showPersistHeadersSettings: false;
  }) => unknown) & { Logo: (props: object) => unknown };
}
declare module 'graphiql/setup-workers/vite';
declare module '*.css';
