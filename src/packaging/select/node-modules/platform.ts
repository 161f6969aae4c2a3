import type { Manifest } from './manifest.ts'

type Machines = Pick<Manifest, 'os' | 'cpu' | 'libc'>

/** Tells whether a package is for certain machines only. */
export function isForSome({ os, cpu, libc }: Machines): boolean {
  return os !== undefined || cpu !== undefined || libc !== undefined
}

/** Tells whether a package is for Lambda's machine, by npm's rules. */
export function isForLambda({ os, cpu, libc }: Machines, architecture: 'x86_64' | 'arm64'): boolean {
  const own = architecture === 'arm64' ? 'arm64' : 'x64'
  return takes(os, 'linux') && takes(cpu, own) && takes(libc, 'glibc')
}

/** `!win32` in a list means all others. */
function takes(list: readonly string[] | undefined, value: string): boolean {
  if (list === undefined || list.includes('any')) return true
  if (list.includes(`!${value}`)) return false
  return list.includes(value) || list.every((each) => each.startsWith('!'))
}
