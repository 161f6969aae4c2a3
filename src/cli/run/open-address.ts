import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** The programs that open an address, by `process.platform`, with their first arguments. */
const openers: Readonly<Record<string, readonly [program: string, ...first: string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}
const otherwise = ['xdg-open'] as const

/**
 * Opens an address in the user's browser. The program gets it as one argument; no shell reads it.
 *
 * @returns whether a program was started
 */
export async function openAddress(
  address: string,
  platform: string = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  const [program, ...first] = openers[platform] ?? otherwise
  const child = spawn(program, [...first, address], { stdio: 'ignore', detached: true, env: environment })
  child.unref()
  try {
    await once(child, 'spawn')
    return true
  } catch {
    return false
  }
}
