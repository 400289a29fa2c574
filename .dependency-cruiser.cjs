/** Which way imports run: docs/architecture.md. */
const capabilities = ['media', 'mail', 'jobs', 'live', 'spam'];
const domain = ['users', 'site', 'tags', 'blog', 'comments', 'links'];
const surfaces = ['feeds', 'admin', 'api', 'transfer', 'ops'];
const modules = [...capabilities, ...domain, ...surfaces];
const anyOf = (names) => `^src/(${names.join('|')})/`;
const top = '^src/(main|app|routes|context|jobs-registry)\\.ts$|^src/commands/';

/** In the domain each module may import only those before it. */
const domainOrder = {
  users: [],
  site: ['users'],
  tags: ['users', 'site'],
  blog: ['users', 'site', 'tags'],
  comments: ['users', 'site', 'tags', 'blog'],
  links: ['users', 'site', 'tags'],
};

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'config-knows-nothing',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { path: '^src/(?!config/)' },
    },
    {
      name: 'platform-knows-no-blog',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(?!config/|platform/|generated/)' },
    },
    {
      name: 'capabilities-below-domain',
      severity: 'error',
      from: { path: anyOf(capabilities) },
      to: { path: `${anyOf([...domain, ...surfaces])}|${top}` },
    },
    {
      name: 'domain-below-surfaces',
      severity: 'error',
      from: { path: anyOf(domain) },
      to: { path: `${anyOf(surfaces)}|${top}` },
    },
    {
      name: 'surfaces-below-top',
      severity: 'error',
      from: { path: anyOf(surfaces) },
      to: { path: top },
    },
    ...Object.entries(domainOrder).map(([name, allowed]) => ({
      name: `domain-order-${name}`,
      severity: 'error',
      from: { path: `^src/${name}/` },
      to: { path: anyOf(domain.filter((other) => other !== name && !allowed.includes(other))) },
    })),
    ...modules.map((name) => ({
      name: `door-of-${name}`,
      comment: 'Other modules come in by index.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/${name}/` },
      to: { path: `^src/${name}/(?!index\\.ts$)` },
    })),
    {
      name: 'prisma-only-in-queries',
      severity: 'error',
      from: { path: '^src/', pathNot: '(queries\\.ts|^src/platform/db\\.ts|^src/generated/)' },
      to: { path: '^src/generated/', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/generated/prisma/internal' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['billet-source', 'import', 'node', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
};
