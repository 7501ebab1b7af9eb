/** The house's direction: lower rows know nothing of higher ones. See docs/architecture.md. */
const only = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.ts$' },
  to: { path: '^(src|crawlers|config|storage|test|web|bench)/', pathNot: to },
});
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.(test|d)\\.ts$',
          '\\.config\\.(ts|js)$',
          '^web/src/main',
          '^src/cli/main',
          '^crawlers/[^/]+/source\\.ts$',
          '^bench/',
        ],
      },
      to: {},
    },
    {
      name: 'no-test-in-product',
      severity: 'error',
      from: { path: '^(src|crawlers|config|storage|web)/', pathNot: ['\\.test\\.ts$', '^src/cli/'] },
      to: { path: '^(test|bench)/' },
    },
    only('model-knows-nothing', '^src/model/', '^src/model/'),
    only('notices-know-model', '^src/notices/', '^src/(notices|model)/'),
    only('crawlers-know-notices', '^crawlers/', '^(crawlers|src/notices|src/model)/'),
    only('config-knows-model', '^config/', '^(config|src/model)/'),
    only('store-interface-knows-model', '^storage/store\\.ts$', '^(storage/store\\.ts|src/model)/?'),
    only('adapters-know-store', '^storage/(sqlite|mongodb|archive)/', '^(storage/|src/model/|src/notices/search)'),
    only('crawl', '^src/crawl/', '^(src/crawl/|crawlers/|src/notices/|src/model/|storage/store\\.ts)'),
    only('projects', '^src/projects/', '^(src/projects/|src/notices/|src/model/|storage/store\\.ts)'),
    only(
      'compliance',
      '^src/compliance/',
      '^(src/compliance/|src/projects/|src/notices/|src/model/|storage/store\\.ts|config/)',
    ),
    only('cases', '^src/cases/', '^(src/(cases|compliance|projects|notices|model)/|storage/store\\.ts)'),
    only('notify', '^src/notify/', '^(src/(notify|model)/|storage/store\\.ts)'),
    only('indicators', '^src/indicators/', '^(src/(indicators|compliance|projects|notices|model)/|storage/store\\.ts)'),
    {
      name: 'web-knows-the-api-only',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|crawlers|config|storage|test)/', pathNot: '^src/(api/[a-z-]*schemas|model)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: 'node_modules|fixtures|web/dist' },
  },
};
