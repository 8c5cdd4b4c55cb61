// The import rule of ARCHITECTURE.md. server/test/fence.test.ts plants a violation of each rule and demands a failure.
const src = '^server/src/';
/** The folders of the server, lowest first: each may import from those below it, none from those above. */
const layers = [
  'platform',
  'secrets',
  'events',
  'workspaces',
  'backup',
  'http',
  'feed',
  'live',
  'jobs',
  'mail',
  'people',
  'leads',
  'notes',
  'tasks',
  'deals',
  'calls',
  'board',
  'my-day',
  'reports',
  'webhooks',
  'notices',
  'intake',
  'journal',
  'badges',
  'demo',
  'native',
  'bulk',
  'privacy',
  'dialects',
  'settings',
  'cli',
];
const layerRules = layers.slice(0, -1).map((layer, at) => ({
  name: `nothing-in-${layer}-looks-up`,
  severity: 'error',
  from: { path: `${src}${layer}/`, pathNot: '[.]test[.]ts$' },
  to: { path: [`${src}(${layers.slice(at + 1).join('|')})/`, `${src}[^/]+$`] },
}));
/** A vendor's folder, apart from the folders that serve all of them. */
const vendor = `${src}dialects/(?!mount/|conformance/)([^/]+)/`;
const web = '^web/src/';
// Every folder of the web app but these three is a screen or a few that belong together; the router stands above them.
const screen = '(?!app/|api/|ui/)[^/]+';

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: { path: src }, to: { circular: true } },
    {
      name: 'a-dialect-only-knows-the-contract',
      severity: 'error',
      from: { path: vendor, pathNot: '[.]test[.]ts$' },
      to: { path: src, pathNot: [`${src}dialects/$1/`, `${src}dialects/(dialect|field-rules)[.]ts$`] },
    },
    {
      name: 'dialects-are-strangers',
      severity: 'error',
      from: { path: vendor },
      to: { path: `${src}dialects/[^/]+/`, pathNot: `${src}dialects/$1/` },
    },
    {
      name: 'a-dialect-is-plain-typescript',
      severity: 'error',
      from: { path: vendor, pathNot: '[.]test[.]ts$' },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'dialects-are-handed-the-rest',
      severity: 'error',
      from: { path: `${src}dialects/((mount|conformance)/)?[^/]+[.]ts$`, pathNot: '[.]test[.]ts$' },
      to: { path: `${src}(calls|tasks|deals|notes|events)/|-store[.]ts$|${src}platform/database/` },
    },
    ...layerRules,
    {
      name: 'http-stays-at-the-edge',
      severity: 'error',
      from: {
        path: src,
        pathNot: [
          `${src}[^/]+[.]ts$`,
          `${src}dialects/mount/`,
          `${src}(http|native)/`,
          '-routes[.]ts$',
          '[.]test[.]ts$',
        ],
      },
      to: { path: 'node_modules/(fastify|@fastify)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'routes-are-the-end',
      severity: 'error',
      from: { path: src, pathNot: [`${src}(app|api)[.]ts$`, '-routes[.]ts$', '[.]test[.]ts$'] },
      to: { path: '-routes[.]ts$' },
    },
    {
      // One folder connects to other servers, because it checks where they are. Besides: a socket that only listens, and
      // the command line, whose user names the server.
      name: 'one-way-out',
      severity: 'error',
      from: {
        path: src,
        pathNot: [
          `${src}platform/egress/`,
          `${src}platform/postgres/secrets[.]ts$`,
          `${src}platform/network[.]ts$`,
          `${src}cli/send-request[.]ts$`,
          '[.]test[.]ts$',
        ],
      },
      to: {
        path: '^(node:)?(http|https|http2|net|tls|dgram|dns|dns/promises|inspector|undici)$|node_modules/(undici|axios|got|node-fetch|ws)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'one-file-speaks-smtp',
      severity: 'error',
      from: { path: src, pathNot: [`${src}mail/smtp[.]ts$`, '[.]test[.]ts$'] },
      to: { path: 'node_modules/nodemailer/' },
    },
    {
      name: 'web-and-server-are-strangers',
      severity: 'error',
      from: { path: '^(web|server)/' },
      to: { path: '^(web|server)/', pathNot: '^$1/' },
    },
    { name: 'no-circles-in-the-web', severity: 'error', from: { path: web }, to: { circular: true } },
    {
      name: 'screens-are-strangers',
      severity: 'error',
      from: { path: `${web}(${screen})/` },
      to: { path: `${web}${screen}/`, pathNot: [`${web}$1/`, `${web}[^/]+/public[.]tsx?$`] },
    },
    {
      name: 'only-the-router-knows-the-screens',
      severity: 'error',
      from: { path: `${web}(app|api)/`, pathNot: '[.]test[.]tsx?$' },
      to: { path: `${web}${screen}/` },
    },
    {
      name: 'the-kit-stands-alone',
      severity: 'error',
      from: { path: `${web}ui/` },
      to: { path: web, pathNot: `${web}ui/` },
    },
    {
      name: 'the-client-shows-nothing',
      severity: 'error',
      from: { path: `${web}api/` },
      to: { path: web, pathNot: `${web}api/` },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: src, pathNot: ['[.]test[.]ts$', '[.]d[.]ts$'] },
      to: {},
    },
    {
      name: 'production-does-not-lean-on-tests',
      severity: 'error',
      from: { path: src, pathNot: ['[.]test[.]ts$', '/sample[.]ts$'] },
      to: { path: '^server/test/|[.]test[.]ts$' },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: { path: src, pathNot: '[.]test[.]ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'everything-resolves', severity: 'error', from: { path: src }, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^data/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
