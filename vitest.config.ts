import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/bench/**', 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/main.ts', 'src/cli.ts'],
      reporter: ['text-summary', 'json-summary'],
      // A floor: it may rise and never fall.
      thresholds: { statements: 90, branches: 83, functions: 92, lines: 92 },
    },
  },
});
