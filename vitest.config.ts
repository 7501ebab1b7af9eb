import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,crawlers,config,storage,test,web}/**/*.test.ts'],
    // These need a database engine: npm run test:mongo.
    exclude: ['**/node_modules/**', '**/*.mongo.test.ts'],
    // Parsers, stores and servers on loopback: nothing here needs more, and a hang must fail.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
