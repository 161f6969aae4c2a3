import type { Sandbox, SandboxOptions } from '../sandbox/start.ts'

/** Loads and starts the sandbox, the only place that knows it. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { startSandbox } = await import('../sandbox/start.ts')
  return startSandbox(options)
}
