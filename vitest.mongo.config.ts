import { defineConfig } from 'vitest/config';

/** Tests that need a MongoDB-compatible engine; without one they fail, they do not skip. */
export default defineConfig({
  test: {
    include: ['{src,crawlers,config,storage,test}/**/*.mongo.test.ts'],
    // The first run of a machine installs the engine: measured at 60 to 120 s.
    globalSetup: ['test/support/mongo/ready.ts'],
    // The random operations took 60 s on two cores under a load of 20; a hang must still fail.
    testTimeout: 400_000,
    hookTimeout: 300_000,
  },
});
