import { defineConfig } from 'vitest/config'

/** Where `.ci/run` wants the counts, as JSON. */
const report = process.env['TEST_REPORT']

// What people read tells local times.
process.env['TZ'] = 'UTC'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    environment: 'node',
    // The programs that tests spawn leave no compiled code behind.
    env: { NODE_DISABLE_COMPILE_CACHE: '1' },
    pool: 'forks',
    // More than CPUs: most tests wait for programs that wait for the sandbox.
    maxWorkers: 3,
    // They end what hangs, and nothing else: some tests start a dozen programs, on machines with other work too.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // Tests capture what commands print.
    disableConsoleIntercept: true,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
})
