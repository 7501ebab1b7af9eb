import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,crawlers,config,storage,test,web}/**/*.test.ts'],
    // These need a database engine: npm run test:mongo.
    exclude: ['**/node_modules/**', '**/*.mongo.test.ts'],
    // What takes seconds alone took half a minute beside four other suites on two cores; a hang must still fail.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
