import { defineConfig } from 'vitest/config';

/**
 * Functions of what they are given: their files share loaded modules, which took two thirds of their time. Those that
 * hold time or memory against a limit stay by themselves.
 */
const PURE = [
  '{src/model,src/compliance,src/notices,src/projects,src/indicators,crawlers}/**/!(*.fuzz|expressions).test.ts',
];

const NEVER = [
  '**/node_modules/**',
  // These need a database engine: npm run test:mongo.
  '**/*.mongo.test.ts',
];

export default defineConfig({
  test: {
    // What takes seconds alone took half a minute beside four other suites on two cores; a hang must still fail.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, exclude: NEVER, isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['{src,crawlers,config,storage,test,web}/**/*.test.ts'],
          exclude: [...NEVER, ...PURE],
        },
      },
    ],
  },
});
