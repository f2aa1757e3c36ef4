import { registerHooks } from 'node:module';

// TypeScript 7 has no library API, and without a parser dependency-cruiser reads no .ts file and finds nothing wrong.
// It alone is given TypeScript 5.9, installed beside under the name `typescript-5`. Refuse at once when that is absent.
import.meta.resolve('typescript-5/package.json');

registerHooks({
  resolve(specifier, context, next) {
    const forCruiser = /^typescript(\/|$)/.test(specifier) && context.parentURL?.includes('/node_modules/dependency-cruiser/');
    return next(forCruiser ? specifier.replace('typescript', 'typescript-5') : specifier, context);
  },
});
